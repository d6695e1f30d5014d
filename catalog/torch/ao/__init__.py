"""torch.ao: quantisation is not modelled; what prepares for it changes nothing."""
from __future__ import annotations

from torch.ao import quantization
