"""tensorflow.keras.tree: the same objects as keras.tree."""
from __future__ import annotations

from keras.tree import *
