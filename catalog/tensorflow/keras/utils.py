"""tensorflow.keras.utils: the same objects as keras.utils."""
from __future__ import annotations

from keras.utils import *
