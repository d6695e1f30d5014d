"""Pooling layers."""
from __future__ import annotations

from _nw import check, layer
from torch.nn import functional as F
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _pair, _single, _triple

__public__ = "torch.nn"
__all__ = ["MaxPool1d", "MaxPool2d", "MaxPool3d", "MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d", "AvgPool1d", "AvgPool2d",
           "AvgPool3d", "FractionalMaxPool2d", "FractionalMaxPool3d", "LPPool1d", "LPPool2d", "LPPool3d",
           "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d", "AdaptiveAvgPool1d", "AdaptiveAvgPool2d",
           "AdaptiveAvgPool3d"]


class _MaxPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation={self.dilation}, ceil_mode={self.ceil_mode}"


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode) if not return_indices else"
             " (max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation, ceil=ceil_mode),"
             " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode))")
class MaxPool1d(_MaxPoolNd):
    def forward(self, input) -> Any:
        return F.max_pool1d(input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode,
                            self.return_indices)


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode) if not return_indices else"
             " (max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation, ceil=ceil_mode),"
             " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode))")
class MaxPool2d(_MaxPoolNd):
    def forward(self, input) -> Any:
        return F.max_pool2d(input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode,
                            self.return_indices)


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode) if not return_indices else"
             " (max_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation, ceil=ceil_mode),"
             " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation,"
             " ceil=ceil_mode))")
class MaxPool3d(_MaxPoolNd):
    def forward(self, input) -> Any:
        return F.max_pool3d(input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode,
                            self.return_indices)


class _MaxUnpoolNd(Module):
    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


@layer(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
             " output_size=output_size)")
class MaxUnpool1d(_MaxUnpoolNd):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = _single(kernel_size)
        self.stride = _single(stride if stride is not None else kernel_size)
        self.padding = _single(padding)

    def forward(self, input, indices, output_size=None) -> Tensor:
        return F.max_unpool1d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


@layer(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
             " output_size=output_size)")
class MaxUnpool2d(_MaxUnpoolNd):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = _pair(kernel_size)
        self.stride = _pair(stride if stride is not None else kernel_size)
        self.padding = _pair(padding)

    def forward(self, input, indices, output_size=None) -> Tensor:
        return F.max_unpool2d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


@layer(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
             " output_size=output_size)")
class MaxUnpool3d(_MaxUnpoolNd):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = _triple(kernel_size)
        self.stride = _triple(stride if stride is not None else kernel_size)
        self.padding = _triple(padding)

    def forward(self, input, indices, output_size=None) -> Tensor:
        return F.max_unpool3d(input, indices, self.kernel_size, self.stride, self.padding, output_size)


class _AvgPoolNd(Module):
    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


@layer(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, ceil=ceil_mode,"
             " count_padding=count_include_pad)")
class AvgPool1d(_AvgPoolNd):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__()
        self.kernel_size = _single(kernel_size)
        self.stride = _single(stride if stride is not None else kernel_size)
        self.padding = _single(padding)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input) -> Tensor:
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)


@layer(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, ceil=ceil_mode,"
             " count_padding=count_include_pad, divisor=divisor_override)")
class AvgPool2d(_AvgPoolNd):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True,
                 divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input) -> Tensor:
        return F.avg_pool2d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad,
                            self.divisor_override)


@layer(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, ceil=ceil_mode,"
             " count_padding=count_include_pad, divisor=divisor_override)")
class AvgPool3d(_AvgPoolNd):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True,
                 divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def forward(self, input) -> Tensor:
        return F.avg_pool3d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad,
                            self.divisor_override)


@layer(effects="rng", result="(Tensor, Tensor) if return_indices else Tensor")
class FractionalMaxPool2d(Module):
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        self.kernel_size = _pair(kernel_size)
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = _pair(output_size) if output_size is not None else None
        self.output_ratio = _pair(output_ratio) if output_ratio is not None else None
        check(output_size is not None or output_ratio is not None,
              "FractionalMaxPool requires specifying either an output size, or a pooling ratio", ValueError)
        check(output_size is None or output_ratio is None, "only one of output_size and output_ratio may be specified",
              ValueError)
        if self.output_ratio is not None:
            for ratio in self.output_ratio:
                check(ratio > 0 and ratio < 1, "output_ratio must be between 0 and 1", ValueError)

    def forward(self, input) -> Any:
        return F.fractional_max_pool2d(input, self.kernel_size, self.output_size, self.output_ratio,
                                       self.return_indices, self._random_samples)


@layer(effects="rng", result="(Tensor, Tensor) if return_indices else Tensor")
class FractionalMaxPool3d(Module):
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        self.kernel_size = _triple(kernel_size)
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = _triple(output_size) if output_size is not None else None
        self.output_ratio = _triple(output_ratio) if output_ratio is not None else None
        check(output_size is not None or output_ratio is not None,
              "FractionalMaxPool requires specifying either an output size, or a pooling ratio", ValueError)
        check(output_size is None or output_ratio is None, "only one of output_size and output_ratio may be specified",
              ValueError)
        if self.output_ratio is not None:
            for ratio in self.output_ratio:
                check(ratio > 0 and ratio < 1, "output_ratio must be between 0 and 1", ValueError)

    def forward(self, input) -> Any:
        return F.fractional_max_pool3d(input, self.kernel_size, self.output_size, self.output_ratio,
                                       self.return_indices, self._random_samples)


class _LPPoolNd(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode


@layer(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
             " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
class LPPool1d(_LPPoolNd):
    def forward(self, input) -> Tensor:
        return F.lp_pool1d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


@layer(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
             " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
class LPPool2d(_LPPoolNd):
    def forward(self, input) -> Tensor:
        return F.lp_pool2d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


@layer(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
             " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
class LPPool3d(_LPPoolNd):
    def forward(self, input) -> Tensor:
        return F.lp_pool3d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)


class _AdaptiveMaxPoolNd(Module):
    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
class AdaptiveMaxPool1d(_AdaptiveMaxPoolNd):
    def forward(self, input) -> Any:
        return F.adaptive_max_pool1d(input, self.output_size, self.return_indices)


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
class AdaptiveMaxPool2d(_AdaptiveMaxPoolNd):
    def forward(self, input) -> Any:
        return F.adaptive_max_pool2d(input, self.output_size, self.return_indices)


@layer(result="(Tensor, Tensor) if return_indices else Tensor",
       pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
class AdaptiveMaxPool3d(_AdaptiveMaxPoolNd):
    def forward(self, input) -> Any:
        return F.adaptive_max_pool3d(input, self.output_size, self.return_indices)


class _AdaptiveAvgPoolNd(Module):
    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def extra_repr(self):
        return f"output_size={self.output_size}"


@layer(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
class AdaptiveAvgPool1d(_AdaptiveAvgPoolNd):
    def forward(self, input) -> Tensor:
        return F.adaptive_avg_pool1d(input, self.output_size)


@layer(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
class AdaptiveAvgPool2d(_AdaptiveAvgPoolNd):
    def forward(self, input) -> Tensor:
        return F.adaptive_avg_pool2d(input, self.output_size)


@layer(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
class AdaptiveAvgPool3d(_AdaptiveAvgPoolNd):
    def forward(self, input) -> Tensor:
        return F.adaptive_avg_pool3d(input, self.output_size)
