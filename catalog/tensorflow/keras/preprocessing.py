"""tensorflow.keras.preprocessing: the same objects as keras.preprocessing."""
from __future__ import annotations

from keras.preprocessing import *
