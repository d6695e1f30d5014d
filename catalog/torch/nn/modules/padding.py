"""Padding layers."""
from __future__ import annotations

from _nw import check, layer
from torch.nn import functional as F
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple, _pair, _quadruple

__public__ = "torch.nn"
__all__ = ["CircularPad1d", "CircularPad2d", "CircularPad3d", "ConstantPad1d", "ConstantPad2d", "ConstantPad3d",
           "ReflectionPad1d", "ReflectionPad2d", "ReflectionPad3d", "ReplicationPad1d", "ReplicationPad2d",
           "ReplicationPad3d", "ZeroPad1d", "ZeroPad2d", "ZeroPad3d"]


class _CircularPadNd(Module):
    def _check_input_dim(self, input):
        raise NotImplementedError

    def forward(self, input) -> Tensor:
        self._check_input_dim(input)
        return F.pad(input, self.padding, "circular")

    def extra_repr(self):
        return str(self.padding)


class _ConstantPadNd(Module):
    def __init__(self, value):
        super().__init__()
        self.value = value

    def forward(self, input) -> Tensor:
        return F.pad(input, self.padding, "constant", self.value)


class _ReflectionPadNd(Module):
    def forward(self, input) -> Tensor:
        return F.pad(input, self.padding, "reflect")


class _ReplicationPadNd(Module):
    def forward(self, input) -> Tensor:
        return F.pad(input, self.padding, "replicate")


@layer(pivot="pad(input, widths=from_last(padding), mode='circular')")
class CircularPad1d(_CircularPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _pair(padding)

    def _check_input_dim(self, input):
        check(input.ndim == 2 or input.ndim == 3, "expected 2D or 3D input", ValueError)


@layer(pivot="pad(input, widths=from_last(padding), mode='circular')")
class CircularPad2d(_CircularPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _quadruple(padding)

    def _check_input_dim(self, input):
        check(input.ndim == 3 or input.ndim == 4, "expected 3D or 4D input", ValueError)


@layer(pivot="pad(input, widths=from_last(padding), mode='circular')")
class CircularPad3d(_CircularPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(6)(padding)

    def _check_input_dim(self, input):
        check(input.ndim == 4 or input.ndim == 5, "expected 4D or 5D input", ValueError)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ConstantPad1d(_ConstantPadNd):
    def __init__(self, padding, value):
        super().__init__(value)
        self.padding = _pair(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ConstantPad2d(_ConstantPadNd):
    def __init__(self, padding, value):
        super().__init__(value)
        self.padding = _quadruple(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ConstantPad3d(_ConstantPadNd):
    def __init__(self, padding, value):
        super().__init__(value)
        self.padding = _ntuple(6)(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='reflect')")
class ReflectionPad1d(_ReflectionPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _pair(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='reflect')")
class ReflectionPad2d(_ReflectionPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _quadruple(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='reflect')")
class ReflectionPad3d(_ReflectionPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(6)(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='replicate')")
class ReplicationPad1d(_ReplicationPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _pair(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='replicate')")
class ReplicationPad2d(_ReplicationPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _quadruple(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='replicate')")
class ReplicationPad3d(_ReplicationPadNd):
    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(6)(padding)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ZeroPad1d(ConstantPad1d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ZeroPad2d(ConstantPad2d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)


@layer(pivot="pad(input, widths=from_last(padding), mode='constant', value=value)")
class ZeroPad3d(ConstantPad3d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)
