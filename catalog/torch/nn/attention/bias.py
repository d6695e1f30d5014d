"""torch.nn.attention.bias: causal masks of rectangles."""
from __future__ import annotations

from _nw import DType, op, tensor


@op
def causal_upper_left(*size) -> Tensor:
    return tensor(size, DType("bool"))


@op
def causal_lower_right(*size) -> Tensor:
    return tensor(size, DType("bool"))
