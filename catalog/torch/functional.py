"""torch.functional: what torch has itself, where it is defined."""
from __future__ import annotations

from torch import (
    atleast_1d, atleast_2d, atleast_3d, block_diag, broadcast_shapes, broadcast_tensors, cartesian_prod, cdist, chain_matmul, einsum,
    meshgrid, norm, split, stft, tensordot, unique, unique_consecutive)
from torch.nn import functional as F
from torch import Tensor
