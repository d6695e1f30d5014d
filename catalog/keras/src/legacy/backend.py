"""The functions of tf.keras.backend."""
from __future__ import annotations

from keras.src.legacy_backend import *
