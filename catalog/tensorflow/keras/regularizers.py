"""tensorflow.keras.regularizers: the same objects as keras.regularizers."""
from __future__ import annotations

from keras.regularizers import *
