"""keras.preprocessing: not described."""
from __future__ import annotations
