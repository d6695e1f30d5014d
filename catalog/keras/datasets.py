"""keras.datasets: not described."""
from __future__ import annotations
