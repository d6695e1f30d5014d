"""tensorflow.keras.random: the same objects as keras.random."""
from __future__ import annotations

from keras.random import *
