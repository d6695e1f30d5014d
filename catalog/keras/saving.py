"""keras.saving."""
from __future__ import annotations

from keras.src.saving import *
