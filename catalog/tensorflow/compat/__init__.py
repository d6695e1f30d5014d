"""tensorflow.compat."""
from __future__ import annotations

from tensorflow.compat import v1, v2
