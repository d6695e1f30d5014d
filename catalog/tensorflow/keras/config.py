"""tensorflow.keras.config: the same objects as keras.config."""
from __future__ import annotations

from keras.config import *
