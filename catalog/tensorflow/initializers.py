"""tensorflow.initializers."""
from __future__ import annotations

from keras.initializers import *
