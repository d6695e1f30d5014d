"""Convolutions. Weights have PyTorch's layout; inputs with the channels last are turned around the operation."""

import torch
import torch.nn.functional as F


@adapter("netwright.sizes")
def sizes(value, rank):
    """A number for all axes or one number for each, as a tuple."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,) * rank


@adapter("netwright.same_widths")
def same_widths(lengths, kernel_size, strides, dilation_rate):
    """What `same` pads before and after each axis: the larger part after, as much as the last window needs."""
    widths = []
    for length, size, stride, rate in zip(lengths, kernel_size, strides, dilation_rate):
        total = max((-(-length // stride) - 1) * stride + rate * (size - 1) + 1 - length, 0)
        widths.append((total // 2, total - total // 2))
    return widths


@adapter("netwright.pad_axes")
def pad_axes(x, widths, value=0.0):
    """Pads the last axes by (before, after) pairs."""
    if all(width == (0, 0) for width in widths):
        return x
    return F.pad(x, [n for width in widths[::-1] for n in width], value=value)


@adapter("netwright.convolve")
def convolve(x, weight, bias, strides, padding, dilation_rate, groups=1):
    """Convolution, channels first."""
    rank = x.ndim - 2
    if padding == "same":
        x = pad_axes(x, same_widths(x.shape[2:], weight.shape[2:], strides, dilation_rate))
    elif padding == "causal":
        x = pad_axes(x, [(rate * (size - 1), 0) for size, rate in zip(weight.shape[2:], dilation_rate)])
    function = F.conv1d if rank == 1 else F.conv2d if rank == 2 else F.conv3d
    return function(x, weight, bias, stride=strides, dilation=dilation_rate, groups=groups)


@adapter("netwright.Convolution")
class Convolution(Layer):
    """What all convolutions have in common."""

    def __init__(self, rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer, bias_initializer,
                 groups=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = sizes(kernel_size, rank)
        self.strides = sizes(strides, rank)
        self.padding = padding.lower()
        self.data_format = data_format or "channels_last"
        self.dilation_rate = sizes(dilation_rate, rank)
        self.groups = groups
        self.activation = activation_function(activation)
        self.use_bias = use_bias
        self.kernel_initializer = kernel_initializer
        self.bias_initializer = bias_initializer

    def channels(self, input_shape):
        return input_shape[-1 if self.data_format == "channels_last" else 1]

    def build(self, input_shape):
        self.weight = self.add_weight((self.filters, self.channels(input_shape) // self.groups, *self.kernel_size), self.kernel_initializer)
        self.bias = self.add_weight((self.filters,), self.bias_initializer) if self.use_bias else None
        self.built = True

    def compute(self, x):
        return convolve(x, self.weight, self.bias, self.strides, self.padding, self.dilation_rate, self.groups)

    def call(self, inputs):
        if self.data_format == "channels_first":
            return self.activation(self.compute(inputs))
        return self.activation(self.compute(inputs.movedim(-1, 1)).movedim(1, -1))

    @property
    def kernel(self):
        return self.weight.permute(*range(2, self.weight.ndim), 1, 0)


@adapter("keras.layers.Conv1D")
class Conv1D(Convolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, groups, **kwargs)


@adapter("keras.layers.Conv2D")
class Conv2D(Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, groups, **kwargs)


@adapter("keras.layers.Conv3D")
class Conv3D(Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1), groups=1,
                 activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(3, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, groups, **kwargs)


@adapter("netwright.DepthwiseConvolution")
class DepthwiseConvolution(Convolution):
    """Each channel has filters of its own; the weight is [channels * multiplier, 1, ...]."""

    def __init__(self, rank, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
                 bias_initializer, **kwargs):
        super().__init__(rank, None, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
                         bias_initializer, **kwargs)
        self.depth_multiplier = depth_multiplier

    def build(self, input_shape):
        self.groups = self.channels(input_shape)
        self.filters = self.groups * self.depth_multiplier
        super().build(input_shape)


@adapter("keras.layers.DepthwiseConv1D")
class DepthwiseConv1D(DepthwiseConvolution):
    def __init__(self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(1, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
                         bias_initializer, **kwargs)


@adapter("keras.layers.DepthwiseConv2D")
class DepthwiseConv2D(DepthwiseConvolution):
    def __init__(self, kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, data_format=None, dilation_rate=(1, 1), activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(2, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, activation, use_bias, depthwise_initializer,
                         bias_initializer, **kwargs)


@adapter("netwright.SeparableConvolution")
class SeparableConvolution(Convolution):
    """A depthwise convolution, then one of size 1."""

    def __init__(self, rank, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias,
                 depthwise_initializer, pointwise_initializer, bias_initializer, **kwargs):
        super().__init__(rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, pointwise_initializer,
                         bias_initializer, **kwargs)
        self.depth_multiplier = depth_multiplier
        self.depthwise_initializer = depthwise_initializer

    def build(self, input_shape):
        count = self.channels(input_shape)
        ones = (1,) * len(self.kernel_size)
        self.depthwise_weight = self.add_weight((count * self.depth_multiplier, 1, *self.kernel_size), self.depthwise_initializer)
        self.pointwise_weight = self.add_weight((self.filters, count * self.depth_multiplier, *ones), self.kernel_initializer)
        self.bias = self.add_weight((self.filters,), self.bias_initializer) if self.use_bias else None
        self.built = True

    def compute(self, x):
        x = convolve(x, self.depthwise_weight, None, self.strides, self.padding, self.dilation_rate, x.shape[1])
        return convolve(x, self.pointwise_weight, self.bias, 1, "valid", 1)


@adapter("keras.layers.SeparableConv1D")
class SeparableConv1D(SeparableConvolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform", bias_initializer="zeros",
                 depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias,
                         depthwise_initializer, pointwise_initializer, bias_initializer, **kwargs)


@adapter("keras.layers.SeparableConv2D")
class SeparableConv2D(SeparableConvolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), depth_multiplier=1,
                 activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform",
                 bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, data_format, dilation_rate, depth_multiplier, activation, use_bias,
                         depthwise_initializer, pointwise_initializer, bias_initializer, **kwargs)


@adapter("netwright.TransposedConvolution")
class TransposedConvolution(Convolution):
    """The gradient of a convolution: what the full result has more than the output is cut off, the larger part at the end."""

    def __init__(self, rank, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                 bias_initializer, **kwargs):
        super().__init__(rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, **kwargs)
        self.output_padding = None if output_padding is None else sizes(output_padding, rank)

    def build(self, input_shape):
        self.weight = self.add_weight((self.channels(input_shape), self.filters, *self.kernel_size), self.kernel_initializer)
        self.bias = self.add_weight((self.filters,), self.bias_initializer) if self.use_bias else None
        self.built = True

    def output_length(self, axis, length):
        size = self.dilation_rate[axis] * (self.kernel_size[axis] - 1) + 1
        stride = self.strides[axis]
        if self.output_padding is not None:
            return (length - 1) * stride + size - (2 * (size // 2) if self.padding == "same" else 0) + self.output_padding[axis]
        return length * stride + (0 if self.padding == "same" else max(size - stride, 0))

    def compute(self, x):
        rank = x.ndim - 2
        more = []
        cuts = []
        for axis, length in enumerate(x.shape[2:]):
            full = (length - 1) * self.strides[axis] + self.dilation_rate[axis] * (self.kernel_size[axis] - 1) + 1
            wanted = self.output_length(axis, length)
            start = max(full - wanted, 0) // 2 if self.padding == "same" else 0
            more.append(max(start + wanted - full, 0))
            cuts.append(slice(start, start + wanted))
        function = F.conv_transpose1d if rank == 1 else F.conv_transpose2d if rank == 2 else F.conv_transpose3d
        x = function(x, self.weight, None, stride=self.strides, output_padding=tuple(more), dilation=self.dilation_rate)
        x = x[(slice(None), slice(None), *cuts)]
        return x if self.bias is None else x + torch.reshape(self.bias, (-1, *[1] * rank))


@adapter("keras.layers.Conv1DTranspose")
class Conv1DTranspose(TransposedConvolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, **kwargs)


@adapter("keras.layers.Conv2DTranspose")
class Conv2DTranspose(TransposedConvolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", output_padding=None, data_format=None, dilation_rate=(1, 1),
                 activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, **kwargs)


@adapter("keras.layers.Conv3DTranspose")
class Conv3DTranspose(TransposedConvolution):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, output_padding=None, dilation_rate=(1, 1, 1),
                 activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(3, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, activation, use_bias, kernel_initializer,
                         bias_initializer, **kwargs)


@adapter("keras.ops.conv_transpose")
def transposed_convolution(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1):
    """The gradient of a convolution; the kernel is [..., out, in]."""
    if is_symbolic(inputs, kernel):
        return record(transposed_convolution, inputs, kernel, strides, padding, output_padding, data_format, dilation_rate)
    inputs, kernel = tensor_of(inputs), tensor_of(kernel)
    rank = kernel.ndim - 2
    x = inputs if data_format == "channels_first" else inputs.movedim(-1, 1)
    weight = kernel.permute(-1, -2, *range(rank))
    steps, holes = sizes(strides, rank), sizes(dilation_rate, rank)
    extra = None if output_padding is None else sizes(output_padding, rank)
    same = padding.lower() == "same"
    more, cuts = [], []
    for axis, length in enumerate(x.shape[2:]):
        step, size = steps[axis], holes[axis] * (weight.shape[2 + axis] - 1) + 1
        full = (length - 1) * step + size
        wanted = length * step + (0 if same else max(size - step, 0))
        if extra is not None:
            wanted = full - (2 * (size // 2) if same else 0) + extra[axis]
        start = max(full - wanted, 0) // 2 if same else 0
        more.append(max(start + wanted - full, 0))
        cuts.append(slice(start, start + wanted))
    function = F.conv_transpose1d if rank == 1 else F.conv_transpose2d if rank == 2 else F.conv_transpose3d
    x = function(x, weight, None, stride=steps, output_padding=tuple(more), dilation=holes)[(slice(None), slice(None), *cuts)]
    return x if data_format == "channels_first" else x.movedim(1, -1)
