"""keras.optimizers.legacy."""
from __future__ import annotations

from keras.src.optimizers import *
