"""keras.ops.nn."""
from __future__ import annotations

from keras.src.ops.nn import *
