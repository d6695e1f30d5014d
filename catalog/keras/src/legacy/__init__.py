"""keras.src.legacy: what older versions had."""
from __future__ import annotations
