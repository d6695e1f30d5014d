"""tensorflow.python.keras.callbacks: objects that do not touch a model, taken to be those of keras.callbacks."""
from __future__ import annotations

from keras.callbacks import *
