"""Convolution layers."""
from __future__ import annotations

from _nw import Parameter, UninitializedParameter, check, layer, tensor
from torch.nn import functional as F
from torch.nn.modules.lazy import LazyModuleMixin
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _pair, _reverse_repeat_tuple, _single, _triple

__public__ = "torch.nn"
__others__ = ("Literal", "Tensor", "convolution_notes", "deprecated", "init", "math", "reproducibility_notes", "torch")
__all__ = ["Conv1d", "Conv2d", "Conv3d", "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d", "LazyConv1d",
           "LazyConv2d", "LazyConv3d", "LazyConvTranspose1d", "LazyConvTranspose2d", "LazyConvTranspose3d"]


def _same_padding(kernel_size, dilation):
    """The numbers for F.pad that keep every size; the odd one comes after."""
    widths = []
    for d, k in zip(reversed(dilation), reversed(kernel_size)):
        total = d * (k - 1)
        widths.append(total // 2)
        widths.append(total - total // 2)
    return widths


class _ConvNd(Module):
    __constants__ = ["stride", "padding", "dilation", "groups", "padding_mode", "output_padding", "in_channels",
                     "out_channels", "kernel_size"]

    def __init__(self, in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding,
                 groups, bias, padding_mode, device=None, dtype=None):
        super().__init__()
        check(groups > 0, "groups must be a positive integer", ValueError)
        check(in_channels % groups == 0, "in_channels must be divisible by groups", ValueError)
        check(out_channels % groups == 0, "out_channels must be divisible by groups", ValueError)
        check(padding_mode in ("zeros", "reflect", "replicate", "circular"), "padding_mode is not known", ValueError)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.transposed = transposed
        self.output_padding = output_padding
        self.groups = groups
        self.padding_mode = padding_mode
        if isinstance(padding, str):
            check(padding == "same" or padding == "valid", "Invalid padding string", ValueError)
            if padding == "same":
                check(stride == (1,) * len(stride), "padding='same' is not supported for strided convolutions",
                      ValueError)
                self._reversed_padding_repeated_twice = _same_padding(kernel_size, dilation)
            else:
                self._reversed_padding_repeated_twice = [0, 0] * len(kernel_size)
        else:
            self._reversed_padding_repeated_twice = _reverse_repeat_tuple(padding, 2)
        if transposed:
            self.weight = Parameter(tensor((in_channels, out_channels // groups) + kernel_size, dtype))
        else:
            self.weight = Parameter(tensor((out_channels, in_channels // groups) + kernel_size, dtype))
        if bias:
            self.bias = Parameter(tensor((out_channels,), dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def extra_repr(self):
        zeros, ones = (0,) * len(self.kernel_size), (1,) * len(self.kernel_size)
        usual = {"padding": zeros, "dilation": ones, "output_padding": zeros, "groups": 1}
        parts = [f"{name}={getattr(self, name)}" for name in usual if getattr(self, name) != usual[name]]
        parts = parts + (["bias=False"] if self.bias is None else [])
        parts = parts + ([f"padding_mode={self.padding_mode}"] if self.padding_mode != "zeros" else [])
        return ", ".join([f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"] + parts)


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class Conv1d(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _single(kernel_size), _single(stride),
                         padding if isinstance(padding, str) else _single(padding), _single(dilation), False,
                         _single(0), groups, bias, padding_mode, device, dtype)

    def _conv_forward(self, input, weight, bias):
        if self.padding_mode != "zeros":
            input = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            return F.conv1d(input, weight, bias, self.stride, _single(0), self.dilation, self.groups)
        return F.conv1d(input, weight, bias, self.stride, self.padding, self.dilation, self.groups)

    def forward(self, input) -> Tensor:
        return self._conv_forward(input, self.weight, self.bias)


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class Conv2d(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _pair(kernel_size), _pair(stride),
                         padding if isinstance(padding, str) else _pair(padding), _pair(dilation), False,
                         _pair(0), groups, bias, padding_mode, device, dtype)

    def _conv_forward(self, input, weight, bias):
        if self.padding_mode != "zeros":
            input = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            return F.conv2d(input, weight, bias, self.stride, _pair(0), self.dilation, self.groups)
        return F.conv2d(input, weight, bias, self.stride, self.padding, self.dilation, self.groups)

    def forward(self, input) -> Tensor:
        return self._conv_forward(input, self.weight, self.bias)


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class Conv3d(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _triple(kernel_size), _triple(stride),
                         padding if isinstance(padding, str) else _triple(padding), _triple(dilation), False,
                         _triple(0), groups, bias, padding_mode, device, dtype)

    def _conv_forward(self, input, weight, bias):
        if self.padding_mode != "zeros":
            input = F.pad(input, self._reversed_padding_repeated_twice, mode=self.padding_mode)
            return F.conv3d(input, weight, bias, self.stride, _triple(0), self.dilation, self.groups)
        return F.conv3d(input, weight, bias, self.stride, self.padding, self.dilation, self.groups)

    def forward(self, input) -> Tensor:
        return self._conv_forward(input, self.weight, self.bias)


class _ConvTransposeNd(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding,
                 groups, bias, padding_mode, device=None, dtype=None):
        check(padding_mode == "zeros", "Only \"zeros\" padding mode is supported", ValueError)
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, transposed, output_padding,
                         groups, bias, padding_mode, device, dtype)

    def _output_padding(self, input, output_size, stride, padding, kernel_size, num_spatial_dims, dilation=None):
        if output_size is None:
            return _single(self.output_padding)
        n = num_spatial_dims
        lead = input.ndim - n
        asked = tuple(output_size)
        if len(asked) == lead + n:
            asked = asked[lead:]
        check(len(asked) == n, "output_size must have another number of elements", ValueError)
        extra = []
        for i in range(n):
            spread = dilation[i] if dilation is not None else 1
            least = (input.shape[lead + i] - 1) * stride[i] - 2 * padding[i] + spread * (kernel_size[i] - 1) + 1
            check(asked[i] >= least and asked[i] <= least + stride[i] - 1,
                  "requested an output size that is not in the valid range", ValueError)
            extra.append(asked[i] - least)
        return extra


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class ConvTranspose1d(_ConvTransposeNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1,
                 bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _single(kernel_size), _single(stride), _single(padding),
                         _single(dilation), True, _single(output_padding), groups, bias, padding_mode, device, dtype)

    def forward(self, input, output_size=None) -> Tensor:
        check(self.padding_mode == "zeros", "Only `zeros` padding mode is supported", ValueError)
        extra = self._output_padding(input, output_size, self.stride, self.padding, self.kernel_size, 1, self.dilation)
        return F.conv_transpose1d(input, self.weight, self.bias, self.stride, self.padding, extra, self.groups,
                                  self.dilation)


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class ConvTranspose2d(_ConvTransposeNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1,
                 bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _pair(kernel_size), _pair(stride), _pair(padding),
                         _pair(dilation), True, _pair(output_padding), groups, bias, padding_mode, device, dtype)

    def forward(self, input, output_size=None) -> Tensor:
        check(self.padding_mode == "zeros", "Only `zeros` padding mode is supported", ValueError)
        extra = self._output_padding(input, output_size, self.stride, self.padding, self.kernel_size, 2, self.dilation)
        return F.conv_transpose2d(input, self.weight, self.bias, self.stride, self.padding, extra, self.groups,
                                  self.dilation)


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class ConvTranspose3d(_ConvTransposeNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1,
                 bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(in_channels, out_channels, _triple(kernel_size), _triple(stride), _triple(padding),
                         _triple(dilation), True, _triple(output_padding), groups, bias, padding_mode, device, dtype)

    def forward(self, input, output_size=None) -> Tensor:
        check(self.padding_mode == "zeros", "Only `zeros` padding mode is supported", ValueError)
        extra = self._output_padding(input, output_size, self.stride, self.padding, self.kernel_size, 3, self.dilation)
        return F.conv_transpose3d(input, self.weight, self.bias, self.stride, self.padding, extra, self.groups,
                                  self.dilation)


class _LazyConvXdMixin(LazyModuleMixin):
    def _make_lazy(self, out_channels, bias, dtype):
        self.weight = UninitializedParameter(dtype=dtype)
        self.out_channels = out_channels
        if bias:
            self.bias = UninitializedParameter(dtype=dtype)

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input, *args, **kwargs):
        if self.has_uninitialized_params():
            self.in_channels = self._get_in_channels(input)
            check(self.in_channels % self.groups == 0, "in_channels must be divisible by groups", ValueError)
            if self.transposed:
                first, second = self.in_channels, self.out_channels // self.groups
            else:
                first, second = self.out_channels, self.in_channels // self.groups
            self.weight.materialize((first, second) + self.kernel_size)
            if self.bias is not None:
                self.bias.materialize((self.out_channels,))
            self.reset_parameters()

    def _get_in_channels(self, input):
        n = self._get_num_spatial_dims()
        check(input.ndim == n + 1 or input.ndim == n + 2, "wrong number of dimensions")
        return input.shape[input.ndim - n - 1]

    def _get_num_spatial_dims(self):
        raise NotImplementedError


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class LazyConv1d(_LazyConvXdMixin, Conv1d):
    cls_to_become = Conv1d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 1


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class LazyConv2d(_LazyConvXdMixin, Conv2d):
    cls_to_become = Conv2d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 2


@layer(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
             " dilation=dilation, groups=groups, padding_mode=padding_mode)")
class LazyConv3d(_LazyConvXdMixin, Conv3d):
    cls_to_become = Conv3d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 3


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class LazyConvTranspose1d(_LazyConvXdMixin, ConvTranspose1d):
    cls_to_become = ConvTranspose1d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True,
                 dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode,
                         device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 1


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class LazyConvTranspose2d(_LazyConvXdMixin, ConvTranspose2d):
    cls_to_become = ConvTranspose2d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True,
                 dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode,
                         device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 2


@layer(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
             " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)"
             " if output_size is None else None")
class LazyConvTranspose3d(_LazyConvXdMixin, ConvTranspose3d):
    cls_to_become = ConvTranspose3d

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True,
                 dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__(0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode,
                         device, dtype)
        self._make_lazy(out_channels, bias, dtype)

    def _get_num_spatial_dims(self):
        return 3
