"""keras.layers."""
from __future__ import annotations

from keras.src.layers import *
