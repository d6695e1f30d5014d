"""tensorflow.compat.v2."""
from __future__ import annotations

from tensorflow import *
