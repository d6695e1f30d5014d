"""keras.metrics."""
from __future__ import annotations

from keras.src.metrics import *
