"""keras.models."""
from __future__ import annotations

from keras.src.models import *
