"""tensorflow.keras.layers: the same objects as keras.layers."""
from __future__ import annotations

from keras.layers import *
