"""torch.nn.parameter."""
from __future__ import annotations

from _nw import Buffer, Parameter, UninitializedBuffer, UninitializedParameter

__public__ = "torch.nn"
__all__ = ["Parameter", "UninitializedParameter", "is_lazy", "Buffer", "UninitializedBuffer", "UninitializedTensorMixin"]

UninitializedTensorMixin = (UninitializedParameter, UninitializedBuffer)


def is_lazy(param) -> bool:
    return isinstance(param, UninitializedTensorMixin)
