"""Pixel shuffling."""
from __future__ import annotations

from _nw import layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["PixelShuffle", "PixelUnshuffle"]


@layer(pivot="pixel_shuffle(input[n, c, ...], factor=upscale_factor)")
class PixelShuffle(Module):
    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def forward(self, input) -> Tensor:
        return F.pixel_shuffle(input, self.upscale_factor)


@layer(pivot="pixel_unshuffle(input[n, c, ...], factor=downscale_factor)")
class PixelUnshuffle(Module):
    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def forward(self, input) -> Tensor:
        return F.pixel_unshuffle(input, self.downscale_factor)
