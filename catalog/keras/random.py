"""keras.random."""
from __future__ import annotations

from keras.src.random import *
