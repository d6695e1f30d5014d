"""tensorflow.keras.saving: the same objects as keras.saving."""
from __future__ import annotations

from keras.saving import *
