"""tensorflow.keras.models: the same objects as keras.models."""
from __future__ import annotations

from keras.models import *
