"""tensorflow.keras.optimizers: the same objects as keras.optimizers."""
from __future__ import annotations

from keras.optimizers import *
