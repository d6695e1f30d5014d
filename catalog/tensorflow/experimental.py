"""tensorflow.experimental: not described."""
from __future__ import annotations

