"""Upsampling layers."""
from __future__ import annotations

from _nw import layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"]


@layer(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='asymmetric')"
             " if mode == 'nearest' else"
             " resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='half_pixel')"
             " if mode == 'nearest-exact' else"
             " resize(input[n, c, ...], size=size, scale=scale_factor, method='area', grid='half_pixel')"
             " if mode == 'area' else"
             " resize(input[n, c, ...], size=size, scale=scale_factor, method='linear',"
             " grid='align_corners' if align_corners else 'half_pixel')"
             " if mode in ('linear', 'bilinear', 'trilinear') else"
             " resize(input[n, c, ...], size=size, scale=scale_factor, method='cubic', a=-0.75,"
             " grid='align_corners' if align_corners else 'half_pixel') if mode == 'bicubic' else None")
class Upsample(Module):
    def __init__(self, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None):
        super().__init__()
        self.name = type(self).__name__
        self.size = size
        if isinstance(scale_factor, tuple):
            self.scale_factor = tuple([float(factor) for factor in scale_factor])
        else:
            self.scale_factor = float(scale_factor) if scale_factor else None
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input) -> Tensor:
        return F.interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners,
                             self.recompute_scale_factor)


@layer(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='asymmetric')")
class UpsamplingNearest2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="nearest")


@layer(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='linear', grid='align_corners')")
class UpsamplingBilinear2d(Upsample):
    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
