"""Transposed convolution, channels first."""

import numpy as np
from keras import layers, ops


@adapter("helper.spread_kernel")
def spread_kernel(kernel, dilation):
    """A kernel with dilation - 1 zeros between its elements; the first axes are the spatial ones."""
    for axis, step in enumerate(dilation):
        if step > 1:
            size = kernel.shape[axis]
            kernel = ops.expand_dims(kernel, axis + 1)
            kernel = ops.pad(kernel, [(0, step - 1 if i == axis + 1 else 0) for i in range(len(kernel.shape))])
            kernel = ops.reshape(kernel, (*kernel.shape[:axis], size * step, *kernel.shape[axis + 2:]))
            kernel = ops.take(kernel, np.arange((size - 1) * step + 1), axis=axis)
    return kernel


@adapter("helper.convolve_transposed")
def convolve_transposed(input, weight, bias, stride, padding, output_padding, dilation, groups):
    """Transposed convolution, channels first: `padding` is cropped on both sides, `output_padding` added behind; the weight is [in, out / groups, ...]."""
    rank = len(input.shape) - 2
    kernel = spread_kernel(ops.transpose(weight, (*range(2, rank + 2), 1, 0)), dilation)
    extents = kernel.shape[:rank]
    wider = [max(s - k, 0) for s, k in zip(stride, extents)]  # TensorFlow needs kernels as wide as the stride
    kernel = ops.pad(kernel, [(0, width) for width in wider] + [(0, 0), (0, 0)]) if any(wider) else kernel
    pieces = zip(ops.split(input, groups, axis=1), ops.split(kernel, groups, axis=-1)) if groups > 1 else [(input, kernel)]
    outputs = [ops.conv_transpose(ops.moveaxis(x, 1, -1), k, strides=stride, padding="valid", data_format="channels_last") for x, k in pieces]
    output = ops.moveaxis(ops.concatenate(outputs, axis=-1) if groups > 1 else outputs[0], -1, 1)
    missing = [max(o - p - width, 0) for o, p, width in zip(output_padding, padding, wider)]
    output = ops.pad(output, [(0, 0), (0, 0)] + [(0, width) for width in missing]) if any(missing) else output
    sizes = [(n - 1) * s - 2 * p + k + o for n, s, p, k, o in zip(ops.shape(input)[2:], stride, padding, extents, output_padding)]
    output = output[(slice(None), slice(None), *[slice(p, p + size) for p, size in zip(padding, sizes)])]
    if bias is not None:
        output = output + ops.reshape(bias, (-1,) + (1,) * rank)
    return output


@adapter("torch.nn.ConvTranspose1d")
class ConvTranspose1d(layers.Layer):
    """Transposed convolution of one-dimensional signals, channels first; the weight is [in, out / groups, length]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 1)
        self.stride = sizes(stride, 1)
        self.padding = sizes(padding, 1)
        self.output_padding = sizes(output_padding, 1)
        self.groups = groups
        self.dilation = sizes(dilation, 1)
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(in_channels, out_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            least = [(n - 1) * s - 2 * p + d * (k - 1) + 1 for n, s, p, d, k in zip(ops.shape(input)[-1:], self.stride, self.padding, self.dilation, self.kernel_size)]
            extra = tuple(size - smallest for size, smallest in zip(tuple(output_size)[-1:], least))
        return batched(lambda x: convolve_transposed(x, self.weight, self.bias, self.stride, self.padding, extra, self.dilation, self.groups), input, 3)


@adapter("torch.nn.ConvTranspose2d")
class ConvTranspose2d(layers.Layer):
    """Transposed convolution of images, channels first; the weight is [in, out / groups, height, width]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 2)
        self.stride = sizes(stride, 2)
        self.padding = sizes(padding, 2)
        self.output_padding = sizes(output_padding, 2)
        self.groups = groups
        self.dilation = sizes(dilation, 2)
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(in_channels, out_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            least = [(n - 1) * s - 2 * p + d * (k - 1) + 1 for n, s, p, d, k in zip(ops.shape(input)[-2:], self.stride, self.padding, self.dilation, self.kernel_size)]
            extra = tuple(size - smallest for size, smallest in zip(tuple(output_size)[-2:], least))
        return batched(lambda x: convolve_transposed(x, self.weight, self.bias, self.stride, self.padding, extra, self.dilation, self.groups), input, 4)


@translation("torch.nn.ConvTranspose3d")
def conv_transpose3d(in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
    if not bias and groups == 1 and padding in (0, (0, 0, 0)) and output_padding in (0, (0, 0, 0)) and dilation in (1, (1, 1, 1)):
        if isinstance(kernel_size, int) and isinstance(stride, int) and kernel_size >= stride:
            return layers.Conv3DTranspose(out_channels, kernel_size, strides=stride, use_bias=False, data_format="channels_first")


@adapter("torch.nn.ConvTranspose3d")
class ConvTranspose3d(layers.Layer):
    """Transposed convolution of volumes, channels first; the weight is [in, out / groups, depth, height, width]."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, 3)
        self.stride = sizes(stride, 3)
        self.padding = sizes(padding, 3)
        self.output_padding = sizes(output_padding, 3)
        self.groups = groups
        self.dilation = sizes(dilation, 3)
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(in_channels, out_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            least = [(n - 1) * s - 2 * p + d * (k - 1) + 1 for n, s, p, d, k in zip(ops.shape(input)[-3:], self.stride, self.padding, self.dilation, self.kernel_size)]
            extra = tuple(size - smallest for size, smallest in zip(tuple(output_size)[-3:], least))
        return batched(lambda x: convolve_transposed(x, self.weight, self.bias, self.stride, self.padding, extra, self.dilation, self.groups), input, 5)


@adapter("torch.nn.LazyConvTranspose1d")
class LazyConvTranspose1d(layers.Layer):
    """A transposed convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.arguments = (out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode)

    def build(self, input_shape):
        self.convolution = ConvTranspose1d(input_shape[-2], *self.arguments)

    def call(self, input, output_size=None):
        return self.convolution(input, output_size)


@adapter("torch.nn.LazyConvTranspose2d")
class LazyConvTranspose2d(layers.Layer):
    """A transposed convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.arguments = (out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode)

    def build(self, input_shape):
        self.convolution = ConvTranspose2d(input_shape[-3], *self.arguments)

    def call(self, input, output_size=None):
        return self.convolution(input, output_size)


@adapter("torch.nn.LazyConvTranspose3d")
class LazyConvTranspose3d(layers.Layer):
    """A transposed convolution that takes the number of its channels from its first input."""

    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.arguments = (out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode)

    def build(self, input_shape):
        self.convolution = ConvTranspose3d(input_shape[-4], *self.arguments)

    def call(self, input, output_size=None):
        return self.convolution(input, output_size)
