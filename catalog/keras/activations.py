"""keras.activations."""
from __future__ import annotations

from keras.src.activations import *
