"""keras.constraints."""
from __future__ import annotations

from keras.src.constraints import *
