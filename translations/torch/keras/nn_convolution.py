"""Convolution, channels first.

Keras' own layers are used where they are safe only: with channels_first TensorFlow adds a bias by `ops.add(x, bias)`, which takes the last
axis for the channels when it happens to have as many elements (Keras 3.15), so that 64 outputs are wrong on 64 columns. The adapters
compute with the channels last.
"""

import numpy as np
from keras import layers, ops


@adapter("helper.sizes")
def sizes(value, count):
    """A number for all axes, by itself or as the only one of a tuple, or one number for each, as a tuple."""
    value = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    return value * count if len(value) == 1 else value


@adapter("helper.pad_axes")
def pad_axes(input, widths, mode="zeros", value=0.0):
    """Pads the last axes by (before, after) pairs, crops where these are negative: constant, reflect, replicate or circular."""
    first = len(input.shape) - len(widths)
    for axis, (before, after) in enumerate(widths, first):
        if mode in ("replicate", "circular") and (before > 0 or after > 0):
            size = input.shape[axis]
            index = np.arange(-before, size + after)
            index = index % size if mode == "circular" else index.clip(0, size - 1)
            input = ops.take(input, index, axis=axis)
        elif before < 0 or after < 0:
            end = ops.shape(input)[axis] + min(after, 0)
            input = input[(slice(None),) * axis + (slice(max(-before, 0), end),)]
    widths = [(0, 0)] * first + [(max(before, 0), max(after, 0)) for before, after in widths]
    if mode == "reflect":
        return ops.pad(input, widths, mode="reflect")
    if mode in ("zeros", "constant") and any(width > 0 for pair in widths for width in pair):
        return ops.pad(input, widths, constant_values=value)
    return input


@adapter("helper.convolve")
def convolve(input, weight, bias, stride, dilation):
    """Convolution without padding, channels first; the weight is [out, in / groups, ...]."""
    rank = len(input.shape) - 2
    kernel = ops.transpose(weight, (*range(2, rank + 2), 1, 0))
    if kernel.shape[:rank] == (1,) * rank:
        dilation = (1,) * rank
    strides = stride if max(dilation) == 1 else (1,) * rank
    input = ops.moveaxis(input, 1, -1)  # TensorFlow computes on a CPU with the channels last
    if kernel.shape[-2] == 1 and 1 < input.shape[-1] == kernel.shape[-1] and rank < 3:
        kernel = ops.swapaxes(kernel, -1, -2)
        output = ops.depthwise_conv(input, kernel, strides=strides, padding="valid", data_format="channels_last", dilation_rate=dilation)
    else:
        output = ops.conv(input, kernel, strides=strides, padding="valid", data_format="channels_last", dilation_rate=dilation)
    if strides != stride:
        output = output[(slice(None), *[slice(None, None, step) for step in stride])]
    return ops.moveaxis(output if bias is None else output + bias, -1, 1)


@adapter("torch.nn.Conv1d")
class Conv1d(layers.Layer):
    """Convolution of one-dimensional signals, channels first, padded by numbers; the weight is [out, in / groups, length]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 1)
        self.stride = sizes(stride, 1)
        self.padding = padding if isinstance(padding, str) else sizes(padding, 1)
        self.dilation = sizes(dilation, 1)
        self.groups = groups
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(out_channels, in_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input):
        return batched(lambda x: self._conv_forward(x, self.weight, self.bias), input, 3)

    def _conv_forward(self, input, weight, bias):
        if self.padding == "same":
            totals = [step * (size - 1) for size, step in zip(self.kernel_size, self.dilation)]
            widths = [(total // 2, total - total // 2) for total in totals]
        elif self.padding == "valid":
            widths = [(0, 0)] * 1
        else:
            widths = [(width, width) for width in self.padding]
        return convolve(pad_axes(input, widths, self.padding_mode), weight, bias, self.stride, self.dilation)


@adapter("torch.nn.Conv2d")
class Conv2d(layers.Layer):
    """Convolution of images, channels first, padded by numbers; the weight is [out, in / groups, height, width]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 2)
        self.stride = sizes(stride, 2)
        self.padding = padding if isinstance(padding, str) else sizes(padding, 2)
        self.dilation = sizes(dilation, 2)
        self.groups = groups
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(out_channels, in_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input):
        return batched(lambda x: self._conv_forward(x, self.weight, self.bias), input, 4)

    def _conv_forward(self, input, weight, bias):
        if self.padding == "same":
            totals = [step * (size - 1) for size, step in zip(self.kernel_size, self.dilation)]
            widths = [(total // 2, total - total // 2) for total in totals]
        elif self.padding == "valid":
            widths = [(0, 0)] * 2
        else:
            widths = [(width, width) for width in self.padding]
        return convolve(pad_axes(input, widths, self.padding_mode), weight, bias, self.stride, self.dilation)


@translation("torch.nn.Conv3d")
def conv3d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
    if not bias and groups == 1 and (stride in (1, (1, 1, 1)) or dilation in (1, (1, 1, 1))):
        if padding in (0, (0, 0, 0), "valid"):
            return layers.Conv3D(out_channels, kernel_size, strides=stride, dilation_rate=dilation, use_bias=False, data_format="channels_first")
        if padding == "same" and padding_mode == "zeros":
            return layers.Conv3D(out_channels, kernel_size, padding="same", dilation_rate=dilation, use_bias=False, data_format="channels_first")


@adapter("torch.nn.Conv3d")
class Conv3d(layers.Layer):
    """Convolution of volumes, channels first, padded by numbers; the weight is [out, in / groups, depth, height, width]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 3)
        self.stride = sizes(stride, 3)
        self.padding = padding if isinstance(padding, str) else sizes(padding, 3)
        self.dilation = sizes(dilation, 3)
        self.groups = groups
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(out_channels, in_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input):
        return batched(lambda x: self._conv_forward(x, self.weight, self.bias), input, 5)

    def _conv_forward(self, input, weight, bias):
        if self.padding == "same":
            totals = [step * (size - 1) for size, step in zip(self.kernel_size, self.dilation)]
            widths = [(total // 2, total - total // 2) for total in totals]
        elif self.padding == "valid":
            widths = [(0, 0)] * 3
        else:
            widths = [(width, width) for width in self.padding]
        return convolve(pad_axes(input, widths, self.padding_mode), weight, bias, self.stride, self.dilation)


@adapter("torch.nn.LazyConv1d")
class LazyConv1d(layers.Layer):
    """A convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.out_channels, self.groups = out_channels, groups
        self.window = (kernel_size, stride, padding, dilation)
        self.options = (bias, padding_mode)

    def initialize_parameters(self, input):
        self.convolution = Conv1d(input.shape[-2], self.out_channels, *self.window, self.groups, *self.options)

    def build(self, input_shape):
        self.initialize_parameters(keras.KerasTensor(input_shape))  # a class of the program may know more about them

    def call(self, input):
        return self.convolution(input)


@adapter("torch.nn.LazyConv2d")
class LazyConv2d(layers.Layer):
    """A convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.out_channels, self.groups = out_channels, groups
        self.window = (kernel_size, stride, padding, dilation)
        self.options = (bias, padding_mode)

    def initialize_parameters(self, input):
        self.convolution = Conv2d(input.shape[-3], self.out_channels, *self.window, self.groups, *self.options)

    def build(self, input_shape):
        self.initialize_parameters(keras.KerasTensor(input_shape))  # a class of the program may know more about them

    def call(self, input):
        return self.convolution(input)


@adapter("torch.nn.LazyConv3d")
class LazyConv3d(layers.Layer):
    """A convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.out_channels, self.groups = out_channels, groups
        self.window = (kernel_size, stride, padding, dilation)
        self.options = (bias, padding_mode)

    def initialize_parameters(self, input):
        self.convolution = Conv3d(input.shape[-4], self.out_channels, *self.window, self.groups, *self.options)

    def build(self, input_shape):
        self.initialize_parameters(keras.KerasTensor(input_shape))  # a class of the program may know more about them

    def call(self, input):
        return self.convolution(input)
