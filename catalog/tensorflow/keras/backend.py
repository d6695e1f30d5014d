"""tensorflow.keras.backend: the same objects as keras.backend."""
from __future__ import annotations

from keras.backend import *


def __getattr__(name):
    from keras import backend as inner
    return getattr(inner, name)
