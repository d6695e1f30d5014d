"""keras.optimizers.schedules."""
from __future__ import annotations

from keras.src.schedules import *
