"""keras.applications: not described."""
from __future__ import annotations
