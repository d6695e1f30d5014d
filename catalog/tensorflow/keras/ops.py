"""tensorflow.keras.ops: the same objects as keras.ops."""
from __future__ import annotations

from keras.ops import *
