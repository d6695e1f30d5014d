"""Pooling, channels first."""

import functools
import itertools
import math

import numpy as np
from keras import layers, ops


@adapter("helper.batched")
def batched(function, input, rank):
    """A function of batches, of that many axes, for an input that may come without the batch axis."""
    if len(input.shape) == rank:
        return function(input)
    result = function(ops.expand_dims(input, 0))
    return tuple(ops.squeeze(one, 0) for one in result) if isinstance(result, tuple) else ops.squeeze(result, 0)


@adapter("helper.pool_windows")
def pool_windows(size, kernel, stride, padding, dilation, ceil_mode):
    """How many windows fit on an axis, and how far the last one may reach behind its end."""
    extent = dilation * (kernel - 1) + 1
    count, rest = divmod(size + 2 * padding - extent, stride)
    count += 1
    if ceil_mode and rest:
        count += 1
    if ceil_mode and (count - 1) * stride >= size + padding:
        count -= 1
    return count, max((count - 1) * stride + extent - size - padding, 0)


@adapter("helper.pool_max")
def pool_max(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The maximum of each window, channels first; what is padded never wins."""
    rank = len(input.shape) - 2
    kernel, padding, dilation = sizes(kernel_size, rank), sizes(padding, rank), sizes(dilation, rank)
    stride = kernel if stride is None else sizes(stride, rank)
    if ceil_mode or max(dilation) > 1:
        windows = [pool_windows(*one, ceil_mode) for one in zip(input.shape[2:], kernel, stride, padding, dilation)]
        behind = [right for _, right in windows]
    else:
        behind = padding
    if max(padding) > 0 or max(behind) > 0:
        input = ops.pad(input, [(0, 0), (0, 0), *zip(padding, behind)], constant_values=-math.inf)
    if max(dilation) == 1:
        return ops.max_pool(input, kernel, strides=stride, padding="valid", data_format="channels_first")
    shifted = []
    for offset in itertools.product(*[range(size) for size in kernel]):
        starts = [o * d for o, d in zip(offset, dilation)]
        places = [slice(start, start + (count - 1) * s + 1, s) for start, (count, _), s in zip(starts, windows, stride)]
        shifted.append(input[(slice(None), slice(None), *places)])
    return functools.reduce(ops.maximum, shifted)


@adapter("helper.pool_average")
def pool_average(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    """The mean of each window, channels first; padded zeros count or not."""
    rank = len(input.shape) - 2
    kernel, padding = sizes(kernel_size, rank), sizes(padding, rank)
    stride = kernel if stride is None else sizes(stride, rank)
    ones = (1,) * rank
    spatial = input.shape[2:]
    behind = padding
    if ceil_mode:
        behind = [pool_windows(*one, True)[1] for one in zip(spatial, kernel, stride, padding, ones)]
    if max(padding) > 0 or max(behind) > 0:
        input = ops.pad(input, [(0, 0), (0, 0), *zip(padding, behind)])
    output = ops.average_pool(input, kernel, strides=stride, padding="valid", data_format="channels_first")
    if divisor_override is not None:
        return output * (math.prod(kernel) / divisor_override)
    if not ceil_mode and (count_include_pad or max(padding) == 0):
        return output
    counts, uneven = np.ones(ones), False
    for axis, (size, k, s, p, count) in enumerate(zip(spatial, kernel, stride, padding, output.shape[2:])):
        start = np.arange(count) * s - p
        end = np.minimum(start + k, size + p)
        if not count_include_pad:
            start, end = np.maximum(start, 0), np.minimum(end, size)
        uneven = uneven or (end - start != k).any()
        counts = counts * (end - start).reshape([-1 if i == axis else 1 for i in range(rank)])
    if not uneven:
        return output
    return output * ops.convert_to_tensor((math.prod(kernel) / counts).astype("float32"))


@adapter("helper.pool_adaptive")
def pool_adaptive(input, output_size, reduce):
    """Pools each axis to a given size by windows from floor(i * n / size) to ceil((i + 1) * n / size); None keeps an axis."""
    rank = len(input.shape) - 2
    for axis, size in enumerate(sizes(output_size, rank), 2):
        n = input.shape[axis]
        if size == 1:
            input = reduce(input, axis=axis, keepdims=True)
        elif size is not None and size != n:
            windows = [slice(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]
            pieces = [reduce(input[(slice(None),) * axis + (window,)], axis=axis, keepdims=True) for window in windows]
            input = ops.concatenate(pieces, axis=axis)
    return input


@translation("torch.nn.MaxPool1d")
def max_pool1d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 3:
        return
    if padding in (0, (0,)) and dilation in (1, (1,)) and not return_indices and not ceil_mode:
        return layers.MaxPooling1D(kernel_size, strides=stride, data_format="channels_first")


@adapter("torch.nn.MaxPool1d")
class MaxPool1d(layers.Layer):
    """Maximum of windows of one-dimensional signals, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def call(self, input):
        pool = max_pool_with_indices if self.return_indices else pool_max
        return batched(lambda x: pool(x, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode), input, 3)


@translation("torch.nn.MaxPool2d")
def max_pool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 4:
        return
    if padding in (0, (0, 0)) and dilation in (1, (1, 1)) and not return_indices and not ceil_mode:
        return layers.MaxPooling2D(kernel_size, strides=stride, data_format="channels_first")


@adapter("torch.nn.MaxPool2d")
class MaxPool2d(layers.Layer):
    """Maximum of windows of images, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def call(self, input):
        pool = max_pool_with_indices if self.return_indices else pool_max
        return batched(lambda x: pool(x, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode), input, 4)


@translation("torch.nn.MaxPool3d")
def max_pool3d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 5:
        return
    if padding in (0, (0, 0, 0)) and dilation in (1, (1, 1, 1)) and not return_indices and not ceil_mode:
        return layers.MaxPooling3D(kernel_size, strides=stride, data_format="channels_first")


@adapter("torch.nn.MaxPool3d")
class MaxPool3d(layers.Layer):
    """Maximum of windows of volumes, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def call(self, input):
        pool = max_pool_with_indices if self.return_indices else pool_max
        return batched(lambda x: pool(x, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode), input, 5)


@adapter("torch.nn.MaxUnpool1d")
class MaxUnpool1d(layers.Layer):
    """Puts maxima back to their places in one-dimensional signals, zeros elsewhere, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = sizes(kernel_size, 1)
        self.stride = self.kernel_size if stride is None else sizes(stride, 1)
        self.padding = sizes(padding, 1)

    def call(self, input, indices, output_size=None):
        return unpooled(input, indices, self.kernel_size, self.stride, self.padding, output_size)


@adapter("torch.nn.MaxUnpool2d")
class MaxUnpool2d(layers.Layer):
    """Puts maxima back to their places in images, zeros elsewhere, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = sizes(kernel_size, 2)
        self.stride = self.kernel_size if stride is None else sizes(stride, 2)
        self.padding = sizes(padding, 2)

    def call(self, input, indices, output_size=None):
        return unpooled(input, indices, self.kernel_size, self.stride, self.padding, output_size)


@adapter("torch.nn.MaxUnpool3d")
class MaxUnpool3d(layers.Layer):
    """Puts maxima back to their places in volumes, zeros elsewhere, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = sizes(kernel_size, 3)
        self.stride = self.kernel_size if stride is None else sizes(stride, 3)
        self.padding = sizes(padding, 3)

    def call(self, input, indices, output_size=None):
        return unpooled(input, indices, self.kernel_size, self.stride, self.padding, output_size)


@translation("torch.nn.AvgPool1d")
def avg_pool1d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 3:
        return
    if padding in (0, (0,)) and not ceil_mode:
        return layers.AveragePooling1D(kernel_size, strides=stride, data_format="channels_first")
    # Keras' "same" leaves out what is padded, too.
    if kernel_size == 3 and stride == 1 and padding == 1 and not count_include_pad:
        return layers.AveragePooling1D(3, strides=1, padding="same", data_format="channels_first")
    if kernel_size == 2 and stride in (None, 2) and padding == 0 and ceil_mode:
        return layers.AveragePooling1D(2, padding="same", data_format="channels_first")


@adapter("torch.nn.AvgPool1d")
class AvgPool1d(layers.Layer):
    """Mean of windows of one-dimensional signals, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def call(self, input):
        return batched(lambda x: pool_average(x, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad), input, 3)


@translation("torch.nn.AvgPool2d")
def avg_pool2d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 4:
        return
    if padding in (0, (0, 0)) and not ceil_mode and divisor_override is None:
        return layers.AveragePooling2D(kernel_size, strides=stride, data_format="channels_first")
    # Keras' "same" leaves out what is padded, too.
    if kernel_size == 3 and stride == 1 and padding == 1 and not count_include_pad and divisor_override is None:
        return layers.AveragePooling2D(3, strides=1, padding="same", data_format="channels_first")
    if kernel_size == 2 and stride in (None, 2) and padding == 0 and ceil_mode and divisor_override is None:
        return layers.AveragePooling2D(2, padding="same", data_format="channels_first")


@adapter("torch.nn.AvgPool2d")
class AvgPool2d(layers.Layer):
    """Mean of windows of images, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def call(self, input):
        return batched(lambda x: pool_average(x, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override), input, 4)


@translation("torch.nn.AvgPool3d")
def avg_pool3d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 5:
        return
    if padding in (0, (0, 0, 0)) and not ceil_mode and divisor_override is None:
        return layers.AveragePooling3D(kernel_size, strides=stride, data_format="channels_first")
    # Keras' "same" leaves out what is padded, too.
    if kernel_size == 3 and stride == 1 and padding == 1 and not count_include_pad and divisor_override is None:
        return layers.AveragePooling3D(3, strides=1, padding="same", data_format="channels_first")
    if kernel_size == 2 and stride in (None, 2) and padding == 0 and ceil_mode and divisor_override is None:
        return layers.AveragePooling3D(2, padding="same", data_format="channels_first")


@adapter("torch.nn.AvgPool3d")
class AvgPool3d(layers.Layer):
    """Mean of windows of volumes, channels first."""

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def call(self, input):
        return batched(lambda x: pool_average(x, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override), input, 5)


@adapter("torch.nn.LPPool1d")
class LPPool1d(layers.Layer):
    """Power mean (of sums) of windows of one-dimensional signals, channels first."""

    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def call(self, input):
        mean = batched(lambda x: pool_average(x, self.kernel_size, self.stride, 0, self.ceil_mode), input ** float(self.norm_type), 3)
        total = ops.sign(mean) * ops.relu(ops.abs(mean)) * math.prod(sizes(self.kernel_size, 1))
        return total ** (1.0 / self.norm_type)


@adapter("torch.nn.LPPool2d")
class LPPool2d(layers.Layer):
    """Power mean (of sums) of windows of images, channels first."""

    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def call(self, input):
        mean = batched(lambda x: pool_average(x, self.kernel_size, self.stride, 0, self.ceil_mode), input ** float(self.norm_type), 4)
        total = ops.sign(mean) * ops.relu(ops.abs(mean)) * math.prod(sizes(self.kernel_size, 2))
        return total ** (1.0 / self.norm_type)


@adapter("torch.nn.LPPool3d")
class LPPool3d(layers.Layer):
    """Power mean (of sums) of windows of volumes, channels first."""

    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def call(self, input):
        mean = batched(lambda x: pool_average(x, self.kernel_size, self.stride, 0, self.ceil_mode), input ** float(self.norm_type), 5)
        total = ops.sign(mean) * ops.relu(ops.abs(mean)) * math.prod(sizes(self.kernel_size, 3))
        return total ** (1.0 / self.norm_type)


@translation("torch.nn.AdaptiveAvgPool1d")
def adaptive_avg_pool1d(output_size, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 3:
        return
    if output_size in (1, (1,)):
        return layers.GlobalAveragePooling1D(keepdims=True, data_format="channels_first")
    if isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size:
        return layers.AdaptiveAveragePooling1D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveAvgPool1d")
class AdaptiveAvgPool1d(layers.Layer):
    """Mean of windows of one-dimensional signals to a given size, channels first."""

    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.mean), input, 3)


@translation("torch.nn.AdaptiveAvgPool2d")
def adaptive_avg_pool2d(output_size, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 4:
        return
    if output_size in (1, (1, 1)):
        return layers.GlobalAveragePooling2D(keepdims=True, data_format="channels_first")
    if isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size:
        return layers.AdaptiveAveragePooling2D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveAvgPool2d")
class AdaptiveAvgPool2d(layers.Layer):
    """Mean of windows of images to a given size, channels first."""

    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.mean), input, 4)


@translation("torch.nn.AdaptiveAvgPool3d")
def adaptive_avg_pool3d(output_size, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 5:
        return
    if output_size in (1, (1, 1, 1)):
        return layers.GlobalAveragePooling3D(keepdims=True, data_format="channels_first")
    if isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size:
        return layers.AdaptiveAveragePooling3D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveAvgPool3d")
class AdaptiveAvgPool3d(layers.Layer):
    """Mean of windows of volumes to a given size, channels first."""

    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.mean), input, 5)


@translation("torch.nn.AdaptiveMaxPool1d")
def adaptive_max_pool1d(output_size, return_indices=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 3:
        return
    if not return_indices and output_size in (1, (1,)):
        return layers.GlobalMaxPooling1D(keepdims=True, data_format="channels_first")
    if not return_indices and (isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size):
        return layers.AdaptiveMaxPooling1D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveMaxPool1d")
class AdaptiveMaxPool1d(layers.Layer):
    """Maximum of windows of one-dimensional signals to a given size, channels first."""

    def __init__(self, output_size, return_indices=False):
        super().__init__()
        if return_indices:
            raise NotImplementedError("indices of maxima")
        self.output_size = output_size
        self.return_indices = return_indices

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.max), input, 3)


@translation("torch.nn.AdaptiveMaxPool2d")
def adaptive_max_pool2d(output_size, return_indices=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 4:
        return
    if not return_indices and output_size in (1, (1, 1)):
        return layers.GlobalMaxPooling2D(keepdims=True, data_format="channels_first")
    if not return_indices and (isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size):
        return layers.AdaptiveMaxPooling2D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveMaxPool2d")
class AdaptiveMaxPool2d(layers.Layer):
    """Maximum of windows of images to a given size, channels first."""

    def __init__(self, output_size, return_indices=False):
        super().__init__()
        if return_indices:
            raise NotImplementedError("indices of maxima")
        self.output_size = output_size
        self.return_indices = return_indices

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.max), input, 4)


@translation("torch.nn.AdaptiveMaxPool3d")
def adaptive_max_pool3d(output_size, return_indices=False, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 5:
        return
    if not return_indices and output_size in (1, (1, 1, 1)):
        return layers.GlobalMaxPooling3D(keepdims=True, data_format="channels_first")
    if not return_indices and (isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size):
        return layers.AdaptiveMaxPooling3D(output_size, data_format="channels_first")


@adapter("torch.nn.AdaptiveMaxPool3d")
class AdaptiveMaxPool3d(layers.Layer):
    """Maximum of windows of volumes to a given size, channels first."""

    def __init__(self, output_size, return_indices=False):
        super().__init__()
        if return_indices:
            raise NotImplementedError("indices of maxima")
        self.output_size = output_size
        self.return_indices = return_indices

    def call(self, input):
        return batched(lambda x: pool_adaptive(x, self.output_size, ops.max), input, 5)
