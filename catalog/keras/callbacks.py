"""keras.callbacks."""
from __future__ import annotations

from keras.src.callbacks import *
