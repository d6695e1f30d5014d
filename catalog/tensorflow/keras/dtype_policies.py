"""tensorflow.keras.dtype_policies: the same objects as keras.dtype_policies."""
from __future__ import annotations

from keras.dtype_policies import *
