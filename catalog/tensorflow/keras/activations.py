"""tensorflow.keras.activations: the same objects as keras.activations."""
from __future__ import annotations

from keras.activations import *
