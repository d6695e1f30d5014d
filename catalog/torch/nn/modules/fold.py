"""Fold and Unfold."""
from __future__ import annotations

from _nw import layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["Fold", "Unfold"]


@layer(pivot="fold_patches(input, size=kernel_size, output_size=output_size, stride=stride, padding=padding,"
             " dilation=dilation)")
class Fold(Module):
    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input) -> Tensor:
        return F.fold(input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride)


@layer(pivot="unfold_patches(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation)")
class Unfold(Module):
    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input) -> Tensor:
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)
