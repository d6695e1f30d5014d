"""keras.optimizers."""
from __future__ import annotations

from keras.optimizers import legacy, schedules
from keras.src.optimizers import *
