"""Flatten and Unflatten."""
from __future__ import annotations

from _nw import check, layer, normal_dim, prod, tensor
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["Flatten", "Unflatten"]


@layer(pivot="flatten(input, start=start_dim, end=end_dim)")
class Flatten(Module):
    def __init__(self, start_dim=1, end_dim=-1):
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input) -> Tensor:
        shape = input.shape
        start = normal_dim(self.start_dim, len(shape))
        end = normal_dim(self.end_dim, len(shape))
        check(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim")
        return tensor(shape[:start] + (prod(shape[start:end + 1]),) + shape[end + 1:], like=input)

    def extra_repr(self):
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


@layer(pivot="unflatten(input, axis=dim, sizes=unflattened_size)")
class Unflatten(Module):
    def __init__(self, dim, unflattened_size):
        super().__init__()
        check(isinstance(unflattened_size, (tuple, list)), "unflattened_size must be a tuple of ints", TypeError)
        self.dim = dim
        self.unflattened_size = unflattened_size

    def forward(self, input) -> Tensor:
        return input.unflatten(self.dim, self.unflattened_size)
