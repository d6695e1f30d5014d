"""tensorflow.keras.backend: the same objects as keras.backend."""
from __future__ import annotations

from keras.src.legacy_backend import *
