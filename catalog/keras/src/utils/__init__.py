"""keras.src.utils: as keras.utils has it."""
from __future__ import annotations

from keras.utils import *
