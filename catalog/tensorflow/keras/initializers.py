"""tensorflow.keras.initializers: the same objects as keras.initializers."""
from __future__ import annotations

from keras.initializers import *
