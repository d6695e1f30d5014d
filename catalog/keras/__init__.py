"""Keras 3: its first operators, beside those of torch so that the pivot belongs to neither."""
from __future__ import annotations

from keras import activations, layers, ops
from keras.layers import Layer

__version__ = "3.15.1"
