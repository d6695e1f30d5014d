"""tensorflow.keras.applications: the same objects as keras.applications."""
from __future__ import annotations

from keras.applications import *
