"""keras.quantizers: not described."""
from __future__ import annotations
