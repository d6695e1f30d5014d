"""tensorflow.keras: the same objects as keras."""
from __future__ import annotations

from keras import *
from keras import __version__
from tensorflow.keras import backend
