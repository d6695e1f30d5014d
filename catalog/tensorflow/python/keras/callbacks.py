"""tensorflow.keras.callbacks: the same objects as keras.callbacks."""
from __future__ import annotations

from keras.callbacks import *
