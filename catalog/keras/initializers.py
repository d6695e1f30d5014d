"""keras.initializers."""
from __future__ import annotations

from keras.src.initializers import *
