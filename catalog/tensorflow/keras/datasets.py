"""tensorflow.keras.datasets: the same objects as keras.datasets."""
from __future__ import annotations

from keras.datasets import *
