"""keras.Function."""
from __future__ import annotations

from keras.src.models.model import Functional

__public__ = "keras"


class Function(Functional):
    pass
