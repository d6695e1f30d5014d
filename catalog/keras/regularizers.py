"""keras.regularizers."""
from __future__ import annotations

from keras.src.regularizers import *
