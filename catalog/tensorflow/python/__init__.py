"""tensorflow.python: the parts behind the public names."""
from __future__ import annotations
