"""tensorflow.keras.constraints: the same objects as keras.constraints."""
from __future__ import annotations

from keras.constraints import *
