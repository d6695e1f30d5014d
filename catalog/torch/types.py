"""Names for annotations."""
from typing import Any

Device = Any
Number = Any
Storage = Any
Tensor = Any
