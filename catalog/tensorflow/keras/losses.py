"""tensorflow.keras.losses: the same objects as keras.losses."""
from __future__ import annotations

from keras.losses import *
