"""keras.ops.numpy."""
from __future__ import annotations

from keras.src.ops.numpy import *
