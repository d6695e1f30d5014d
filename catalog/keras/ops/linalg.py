"""keras.ops.linalg."""
from __future__ import annotations

from keras.src.ops.linalg import *
