"""tensorflow.keras.mixed_precision: the same objects as keras.mixed_precision."""
from __future__ import annotations

from keras.mixed_precision import *
