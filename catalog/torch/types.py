"""Names for annotations."""
from typing import Any

Device = Any
Number = Any
Storage = Any
Tensor = Any

_device = Any
_dtype = Any
_size = Any
