"""keras.losses."""
from __future__ import annotations

from keras.src.losses import *
