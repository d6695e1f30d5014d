"""tensorflow.keras.metrics: the same objects as keras.metrics."""
from __future__ import annotations

from keras.metrics import *
