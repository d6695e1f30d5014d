"""keras.mixed_precision."""
from __future__ import annotations

from keras.config import dtype_policy, set_dtype_policy
from keras.src.layers.layer import DTypePolicy

Policy = DTypePolicy
global_policy = dtype_policy
set_global_policy = set_dtype_policy
