"""What changes where tensors have their channels last: the rows of layout="channels_last".

Arguments and results of these rows are in that order, unless `plain` names a parameter or the template says plain_result or plain_arguments;
tests see the values of the source, with the channels on axis 1. moved(dim, x) is where an axis of x is now.
"""

import functools
import itertools
import math

RUNNING_VARIANCE = "the running variance takes the biased variance of a batch, PyTorch's the unbiased one"

import numpy as np
from keras import initializers, layers, ops


# ---------------------------------------------------------------- sizes

@adapter("helper.channels_first_shape")
def channels_first_shape(input):
    """The sizes of a tensor whose channels are last, as (batch, channels, ...)."""
    batch, *spatial, channels = ops.shape(input)
    return (batch, channels, *spatial)


@attribute("torch.Tensor.shape", layout="channels_last")
def last_shape(self):
    return channels_first_shape(self)


@translation("torch.Tensor.size", layout="channels_last")
def last_size(self, dim=None):
    if dim is None:
        return channels_first_shape(self)
    return ops.shape(self)[moved(dim, self)]


# ---------------------------------------------------------------- convolution

@adapter("helper.pad_spatial")
def pad_spatial(input, widths, mode="zeros", value=0.0):
    """Pads the axes between the first and the last by (before, after) pairs."""
    if mode in ("constant", "zeros") and min(min(pair) for pair in widths) >= 0:
        if not any(width for pair in widths for width in pair):
            return input
        return ops.pad(input, [(0, 0), *widths, (0, 0)], constant_values=value)
    return ops.moveaxis(pad_axes(ops.moveaxis(input, -1, 1), widths, mode, value), 1, -1)


@adapter("helper.convolve_last")
def convolve_last(input, weight, bias, stride, dilation):
    """Convolution without padding, channels last; the weight is [out, in / groups, ...]."""
    rank = len(input.shape) - 2
    kernel = ops.transpose(weight, (*range(2, rank + 2), 1, 0))
    if kernel.shape[:rank] == (1,) * rank:
        dilation = (1,) * rank
    strides = stride if max(dilation) == 1 else (1,) * rank
    if kernel.shape[-2] == 1 and 1 < input.shape[-1] == kernel.shape[-1] and rank < 3:
        kernel = ops.swapaxes(kernel, -1, -2)
        output = ops.depthwise_conv(input, kernel, strides=strides, padding="valid", data_format="channels_last", dilation_rate=dilation)
    else:
        output = ops.conv(input, kernel, strides=strides, padding="valid", data_format="channels_last", dilation_rate=dilation)
    if strides != stride:
        output = output[(slice(None), *[slice(None, None, step) for step in stride])]
    return output if bias is None else output + bias


@adapter("helper.ChannelsLastConvolution")
class ChannelsLastConvolution(layers.Layer):
    """Convolution, channels last, padded by numbers; the weight is [out, in / groups, ...]."""

    axes = 2

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, self.axes)
        self.stride = sizes(stride, self.axes)
        self.padding = padding if isinstance(padding, str) else sizes(padding, self.axes)
        self.dilation = sizes(dilation, self.axes)
        self.groups = groups
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(out_channels, in_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input):
        return self._conv_forward(input, self.weight, self.bias)

    def _conv_forward(self, input, weight, bias):
        if self.padding == "same":
            totals = [step * (size - 1) for size, step in zip(self.kernel_size, self.dilation)]
            widths = [(total // 2, total - total // 2) for total in totals]
        elif self.padding == "valid":
            widths = [(0, 0)] * self.axes
        else:
            widths = [(width, width) for width in self.padding]
        return convolve_last(pad_spatial(input, widths, self.padding_mode), weight, bias, self.stride, self.dilation)


@translation("torch.nn.Conv1d", layout="channels_last", ranks=(3,), gain=6)
def last_conv1d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
    if groups > 1 and groups == in_channels and in_channels == out_channels and isinstance(stride, int) and stride in (1, 2) and dilation in (1, (1,)) and padding in (0, (0,), "valid"):
        return layers.DepthwiseConv1D(kernel_size, strides=stride, use_bias=bias)
    if groups > 1 and groups == in_channels and in_channels == out_channels and stride in (1, (1,)) and dilation in (1, (1,)) and padding_mode == "zeros" and isinstance(kernel_size, int) and isinstance(padding, int) and 2 * padding == kernel_size - 1:
        return layers.DepthwiseConv1D(kernel_size, padding="same", use_bias=bias)
    if groups == 1 and padding in (0, (0,), "valid") and (stride in (1, (1,)) or dilation in (1, (1,))):
        return layers.Conv1D(out_channels, kernel_size, strides=stride, dilation_rate=dilation, use_bias=bias)
    if groups == 1 and stride in (1, (1,)) and padding_mode == "zeros" and isinstance(kernel_size, int) and isinstance(padding, int) and isinstance(dilation, int) and 2 * padding == dilation * (kernel_size - 1):
        return layers.Conv1D(out_channels, kernel_size, padding="same", dilation_rate=dilation, use_bias=bias)


@adapter("torch.nn.Conv1d", layout="channels_last", ranks=(3,), gain=6)
class ChannelsLastConv1d(ChannelsLastConvolution):
    """Convolution of signals, channels last, padded by numbers; the weight is [out, in / groups, ...]."""

    axes = 1


@translation("torch.nn.Conv2d", layout="channels_last", ranks=(4,), gain=6)
def last_conv2d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
    if groups > 1 and groups == in_channels and in_channels == out_channels and isinstance(stride, int) and stride in (1, 2) and dilation in (1, (1, 1)) and padding in (0, (0, 0), "valid"):
        return layers.DepthwiseConv2D(kernel_size, strides=stride, use_bias=bias)
    if groups > 1 and groups == in_channels and in_channels == out_channels and stride in (1, (1, 1)) and dilation in (1, (1, 1)) and padding_mode == "zeros" and isinstance(kernel_size, int) and isinstance(padding, int) and 2 * padding == kernel_size - 1:
        return layers.DepthwiseConv2D(kernel_size, padding="same", use_bias=bias)
    if groups == 1 and padding in (0, (0, 0), "valid") and (stride in (1, (1, 1)) or dilation in (1, (1, 1))):
        return layers.Conv2D(out_channels, kernel_size, strides=stride, dilation_rate=dilation, use_bias=bias)
    if groups == 1 and stride in (1, (1, 1)) and padding_mode == "zeros" and isinstance(kernel_size, int) and isinstance(padding, int) and isinstance(dilation, int) and 2 * padding == dilation * (kernel_size - 1):
        return layers.Conv2D(out_channels, kernel_size, padding="same", dilation_rate=dilation, use_bias=bias)


@adapter("torch.nn.Conv2d", layout="channels_last", ranks=(4,), gain=6)
class ChannelsLastConv2d(ChannelsLastConvolution):
    """Convolution of images, channels last, padded by numbers; the weight is [out, in / groups, ...]."""

    axes = 2


@translation("torch.nn.Conv3d", layout="channels_last", ranks=(5,), gain=6)
def last_conv3d(in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
    if groups == 1 and padding in (0, (0, 0, 0), "valid") and (stride in (1, (1, 1, 1)) or dilation in (1, (1, 1, 1))):
        return layers.Conv3D(out_channels, kernel_size, strides=stride, dilation_rate=dilation, use_bias=bias)
    if groups == 1 and stride in (1, (1, 1, 1)) and padding_mode == "zeros" and isinstance(kernel_size, int) and isinstance(padding, int) and isinstance(dilation, int) and 2 * padding == dilation * (kernel_size - 1):
        return layers.Conv3D(out_channels, kernel_size, padding="same", dilation_rate=dilation, use_bias=bias)


@adapter("torch.nn.Conv3d", layout="channels_last", ranks=(5,), gain=6)
class ChannelsLastConv3d(ChannelsLastConvolution):
    """Convolution of volumes, channels last, padded by numbers; the weight is [out, in / groups, ...]."""

    axes = 3


@adapter("helper.convolution_last")
def convolution_last(input, weight, bias, stride, padding, dilation):
    """Convolution of (batch, ..., channels) with a kernel (filters, channels / groups, ...)."""
    rank = len(input.shape) - 2
    dilation = sizes(dilation, rank)
    if padding == "same":
        totals = [step * (size - 1) for size, step in zip(weight.shape[2:], dilation)]
        widths = [(total // 2, total - total // 2) for total in totals]
    else:
        widths = [(width, width) for width in sizes(0 if padding == "valid" else padding, rank)]
    return convolve_last(pad_spatial(input, widths), weight, bias, sizes(stride, rank), dilation)


@translation("torch.nn.functional.conv1d", layout="channels_last", gain=6, plain=("weight", "bias"))
def last_functional_conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    if rank(input) == 3:
        return convolution_last(input, weight, bias, stride, padding, dilation)


@translation("torch.nn.functional.conv2d", layout="channels_last", gain=6, plain=("weight", "bias"))
def last_functional_conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    if rank(input) == 4:
        return convolution_last(input, weight, bias, stride, padding, dilation)


@translation("torch.nn.functional.conv3d", layout="channels_last", gain=6, plain=("weight", "bias"))
def last_functional_conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    if rank(input) == 5:
        return convolution_last(input, weight, bias, stride, padding, dilation)


@adapter("helper.convolve_transposed_last")
def convolve_transposed_last(input, weight, bias, stride, padding, output_padding, dilation, groups):
    """Transposed convolution, channels last: `padding` is cropped on both sides, `output_padding` added behind; the weight is [in, out / groups, ...]."""
    rank = len(input.shape) - 2
    kernel = spread_kernel(ops.transpose(weight, (*range(2, rank + 2), 1, 0)), dilation)
    extents = kernel.shape[:rank]
    wider = [max(s - k, 0) for s, k in zip(stride, extents)]  # TensorFlow needs kernels as wide as the stride
    kernel = ops.pad(kernel, [(0, width) for width in wider] + [(0, 0), (0, 0)]) if any(wider) else kernel
    pieces = zip(ops.split(input, groups, axis=-1), ops.split(kernel, groups, axis=-1)) if groups > 1 else [(input, kernel)]
    outputs = [ops.conv_transpose(x, k, strides=stride, padding="valid", data_format="channels_last") for x, k in pieces]
    output = ops.concatenate(outputs, axis=-1) if groups > 1 else outputs[0]
    missing = [max(o - p - width, 0) for o, p, width in zip(output_padding, padding, wider)]
    output = ops.pad(output, [(0, 0)] + [(0, width) for width in missing] + [(0, 0)]) if any(missing) else output
    counts = [(n - 1) * s - 2 * p + k + o for n, s, p, k, o in zip(ops.shape(input)[1:-1], stride, padding, extents, output_padding)]
    output = output[(slice(None), *[slice(p, p + count) for p, count in zip(padding, counts)])]
    return output if bias is None else output + bias


@adapter("helper.ChannelsLastTransposedConvolution")
class ChannelsLastTransposedConvolution(layers.Layer):
    """Transposed convolution, channels last; the weight is [in, out / groups, ...]."""

    axes = 2

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        super().__init__()
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, self.axes)
        self.stride = sizes(stride, self.axes)
        self.padding = sizes(padding, self.axes)
        self.output_padding = sizes(output_padding, self.axes)
        self.groups = groups
        self.dilation = sizes(dilation, self.axes)
        self.padding_mode = padding_mode
        self.weight = self.add_weight(shape=(in_channels, out_channels // groups, *self.kernel_size), name="weight")
        self.bias = self.add_weight(shape=(out_channels,), initializer="zeros", name="bias") if bias else None

    def call(self, input, output_size=None):
        extra = self.output_padding
        if output_size is not None:
            geometry = zip(output_size[-self.axes:], ops.shape(input)[1:-1], self.stride, self.padding, self.kernel_size, self.dilation)
            extra = tuple(wanted - ((n - 1) * s - 2 * p + d * (k - 1) + 1) for wanted, n, s, p, k, d in geometry)
        return convolve_transposed_last(input, self.weight, self.bias, self.stride, self.padding, extra, self.dilation, self.groups)


@adapter("torch.nn.ConvTranspose1d", layout="channels_last", ranks=(3,), gain=6)
class ChannelsLastConvTranspose1d(ChannelsLastTransposedConvolution):
    """Transposed convolution of signals, channels last; the weight is [in, out / groups, ...]."""

    axes = 1


@adapter("torch.nn.ConvTranspose2d", layout="channels_last", ranks=(4,), gain=6)
class ChannelsLastConvTranspose2d(ChannelsLastTransposedConvolution):
    """Transposed convolution of images, channels last; the weight is [in, out / groups, ...]."""

    axes = 2


@adapter("torch.nn.ConvTranspose3d", layout="channels_last", ranks=(5,), gain=6)
class ChannelsLastConvTranspose3d(ChannelsLastTransposedConvolution):
    """Transposed convolution of volumes, channels last; the weight is [in, out / groups, ...]."""

    axes = 3


# ---------------------------------------------------------------- normalisation

@adapter("helper.ChannelsLastBatchNorm")
class ChannelsLastBatchNorm(layers.BatchNormalization):
    """Batch normalisation with PyTorch's arguments, channels last."""

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
        if momentum is None or not track_running_stats or not bias:
            raise NotImplementedError("batch normalisation without a momentum, stored statistics or offset")
        super().__init__(momentum=1 - momentum, epsilon=eps, center=affine, scale=affine)
        self.num_features = num_features


@translation("torch.nn.BatchNorm1d", layout="channels_last", ranks=(3,), gain=2)
def last_batch_norm1d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@adapter("torch.nn.BatchNorm1d", layout="channels_last", ranks=(3,), gain=2)
class ChannelsLastBatchNorm1d(ChannelsLastBatchNorm):
    """Batch normalisation of signals, channels last."""


@translation("torch.nn.InstanceNorm1d", layout="channels_last", ranks=(3,), gain=2)
def last_instance_norm1d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True):
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, epsilon=eps, center=affine, scale=affine)


@translation("torch.nn.BatchNorm2d", layout="channels_last", ranks=(4,), gain=2)
def last_batch_norm2d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@adapter("torch.nn.BatchNorm2d", layout="channels_last", ranks=(4,), gain=2)
class ChannelsLastBatchNorm2d(ChannelsLastBatchNorm):
    """Batch normalisation of images, channels last."""


@translation("torch.nn.InstanceNorm2d", layout="channels_last", ranks=(4,), gain=2)
def last_instance_norm2d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True):
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, epsilon=eps, center=affine, scale=affine)


@translation("torch.nn.BatchNorm3d", layout="channels_last", ranks=(5,), gain=2)
def last_batch_norm3d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@adapter("torch.nn.BatchNorm3d", layout="channels_last", ranks=(5,), gain=2)
class ChannelsLastBatchNorm3d(ChannelsLastBatchNorm):
    """Batch normalisation of volumes, channels last."""


@translation("torch.nn.InstanceNorm3d", layout="channels_last", ranks=(5,), gain=2)
def last_instance_norm3d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True):
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, epsilon=eps, center=affine, scale=affine)


@translation("torch.nn.SyncBatchNorm", layout="channels_last", ranks=(3, 4, 5), gain=2)
def last_sync_batch_norm(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and process_group is None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.GroupNorm", layout="channels_last", ranks=(3, 4, 5), gain=2)
def last_group_norm(num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True):
    if bias and num_groups == 1:
        return layers.GroupNormalization(1, epsilon=eps, center=affine, scale=affine)


@adapter("torch.nn.GroupNorm", layout="channels_last", ranks=(3, 4, 5), gain=2)
class ChannelsLastGroupNorm(layers.Layer):
    """Normalisation over groups of channels, channels last; means are taken in two steps: over axes that lie apart TensorFlow loses digits."""

    def __init__(self, num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True):
        super().__init__()
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        self.weight = self.bias = None
        if affine:
            self.weight = self.add_weight(shape=(num_channels,), initializer="ones", name="weight")
        if affine and bias:
            self.bias = self.add_weight(shape=(num_channels,), initializer="zeros", name="bias")

    def call(self, input):
        batch, *spatial, channels = ops.shape(input)
        groups = ops.reshape(input, (batch, -1, self.num_groups, channels // self.num_groups))
        mean = self.mean(groups)
        variance = self.mean(ops.square(groups - mean))
        output = ops.reshape((groups - mean) * ops.rsqrt(variance + self.eps), (batch, *spatial, channels))
        if self.weight is not None:
            output = output * self.weight
        return output if self.bias is None else output + self.bias

    def mean(self, groups):
        return ops.mean(ops.mean(groups, axis=-1, keepdims=True), axis=1, keepdims=True)


@adapter("torch.nn.LocalResponseNorm", layout="channels_last", ranks=(3, 4, 5), gain=2)
class ChannelsLastLocalResponseNorm(layers.Layer):
    """Division by a power of the mean square of `size` neighbouring channels, channels last."""

    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def call(self, input):
        channels = input.shape[-1]
        widths = [(0, 0)] * (len(input.shape) - 1) + [(self.size // 2, (self.size - 1) // 2)]
        squares = ops.pad(ops.square(input), widths)
        total = sum(squares[..., i:i + channels] for i in range(self.size))
        return input / (self.k + self.alpha * total / self.size) ** self.beta


# ---------------------------------------------------------------- pooling

@adapter("helper.pool_max_last")
def pool_max_last(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The maximum of each window, channels last; what is padded never wins."""
    rank = len(input.shape) - 2
    kernel, padding, dilation = sizes(kernel_size, rank), sizes(padding, rank), sizes(dilation, rank)
    stride = kernel if stride is None else sizes(stride, rank)
    windows = [pool_windows(*one, ceil_mode) for one in zip(input.shape[1:-1], kernel, stride, padding, dilation)]
    behind = [right for _, right in windows] if ceil_mode or max(dilation) > 1 else padding
    if max(padding) > 0 or max(behind) > 0:
        input = ops.pad(input, [(0, 0), *zip(padding, behind), (0, 0)], constant_values=-math.inf)
    if max(dilation) == 1:
        return ops.max_pool(input, kernel, strides=stride, padding="valid", data_format="channels_last")
    shifted = []
    for offset in itertools.product(*[range(size) for size in kernel]):
        starts = [o * d for o, d in zip(offset, dilation)]
        shifted.append(input[(slice(None), *[slice(start, start + (count - 1) * s + 1, s) for start, (count, _), s in zip(starts, windows, stride)])])
    return functools.reduce(ops.maximum, shifted)


@adapter("helper.pool_average_last")
def pool_average_last(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    """The mean of each window, channels last; padded zeros count or not."""
    rank = len(input.shape) - 2
    kernel, padding = sizes(kernel_size, rank), sizes(padding, rank)
    stride = kernel if stride is None else sizes(stride, rank)
    ones = (1,) * rank
    spatial = input.shape[1:-1]
    behind = padding
    if ceil_mode:
        behind = [pool_windows(*one, True)[1] for one in zip(spatial, kernel, stride, padding, ones)]
    if max(padding) > 0 or max(behind) > 0:
        input = ops.pad(input, [(0, 0), *zip(padding, behind), (0, 0)])
    output = ops.average_pool(input, kernel, strides=stride, padding="valid", data_format="channels_last")
    if divisor_override is not None:
        return output * (math.prod(kernel) / divisor_override)
    if not ceil_mode and (count_include_pad or max(padding) == 0):
        return output
    counts, uneven = np.ones(ones), False
    for axis, (size, k, s, p, count) in enumerate(zip(spatial, kernel, stride, padding, output.shape[1:-1])):
        start = np.arange(count) * s - p
        end = np.minimum(start + k, size + p)
        if not count_include_pad:
            start, end = np.maximum(start, 0), np.minimum(end, size)
        uneven = uneven or (end - start != k).any()
        counts = counts * (end - start).reshape([-1 if i == axis else 1 for i in range(rank)])
    if not uneven:
        return output
    return output * ops.convert_to_tensor((math.prod(kernel) / counts)[..., None].astype("float32"))


@adapter("helper.pool_adaptive_last")
def pool_adaptive_last(input, output_size, reduce):
    """Pools each axis between the first and the last to a given size by windows from floor(i * n / size) to ceil((i + 1) * n / size); None keeps an axis."""
    rank = len(input.shape) - 2
    spatial = input.shape[1:-1]
    wanted = [n if size is None else size for n, size in zip(spatial, sizes(output_size, rank))]
    if None not in spatial and max(wanted) > 1 and all(n % size == 0 for n, size in zip(spatial, wanted)):
        pool = ops.average_pool if reduce is ops.mean else ops.max_pool
        windows = tuple(n // size for n, size in zip(spatial, wanted))
        return pool(input, windows, strides=windows, padding="valid", data_format="channels_last")
    for axis, size in enumerate(sizes(output_size, rank), 1):
        n = input.shape[axis]
        if size == 1:
            input = reduce(input, axis=axis, keepdims=True)
        elif size is not None and size != n:
            windows = [slice(i * n // size, -(-(i + 1) * n // size)) for i in range(size)]
            pieces = [reduce(input[(slice(None),) * axis + (window,)], axis=axis, keepdims=True) for window in windows]
            input = ops.concatenate(pieces, axis=axis)
    return input


@translation("torch.nn.MaxPool1d", layout="channels_last", ranks=(3,), gain=2)
def last_max_pool1d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
    if padding in (0, (0,)) and dilation in (1, (1,)) and not return_indices and not ceil_mode:
        return layers.MaxPooling1D(kernel_size, strides=stride)
    if not return_indices:
        return ChannelsLastMaxPool(kernel_size, stride, padding, dilation, ceil_mode)


@translation("torch.nn.AvgPool1d", layout="channels_last", ranks=(3,), gain=2)
def last_avg_pool1d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    if padding in (0, (0,)) and not ceil_mode:
        return layers.AveragePooling1D(kernel_size, strides=stride)
    return ChannelsLastAveragePool(kernel_size, stride, padding, ceil_mode, count_include_pad)


@translation("torch.nn.AdaptiveAvgPool1d", layout="channels_last", ranks=(3,), gain=2)
def last_adaptive_avg_pool1d(output_size):
    if output_size in (1, (1,)):
        return layers.GlobalAveragePooling1D(keepdims=True)
    return ChannelsLastAdaptivePool(output_size, ops.mean)


@translation("torch.nn.AdaptiveMaxPool1d", layout="channels_last", ranks=(3,), gain=2)
def last_adaptive_max_pool1d(output_size, return_indices=False):
    if output_size in (1, (1,)) and not return_indices:
        return layers.GlobalMaxPooling1D(keepdims=True)
    if not return_indices:
        return ChannelsLastAdaptivePool(output_size, ops.max)


@translation("torch.nn.functional.max_pool1d", layout="channels_last", gain=2)
def last_functional_max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 3 and padding in (0, (0,)) and dilation in (1, (1,)) and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid")
    if rank(input) == 3 and padding in (0, (0,)) and dilation in (1, (1,)) and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 3 and not return_indices:
        return pool_max_last(input, kernel_size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


@translation("torch.nn.functional.avg_pool1d", layout="channels_last", gain=2)
def last_functional_avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    if rank(input) == 3 and padding in (0, (0,)) and not ceil_mode and stride is None:
        return ops.average_pool(input, kernel_size, padding="valid")
    if rank(input) == 3 and padding in (0, (0,)) and not ceil_mode:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 3:
        return pool_average_last(input, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode, count_include_pad=count_include_pad)


@translation("torch.nn.functional.adaptive_avg_pool1d", layout="channels_last", gain=2)
def last_functional_adaptive_avg_pool1d(input, output_size):
    if rank(input) == 3 and output_size in (1, (1,), [1]):
        return ops.mean(input, axis=1, keepdims=True)
    if rank(input) == 3:
        return pool_adaptive_last(input, output_size, ops.mean)


@translation("torch.nn.functional.adaptive_max_pool1d", layout="channels_last", gain=2)
def last_functional_adaptive_max_pool1d(input, output_size, return_indices=False):
    if rank(input) == 3 and output_size in (1, (1,), [1]) and not return_indices:
        return ops.max(input, axis=1, keepdims=True)
    if rank(input) == 3 and not return_indices:
        return pool_adaptive_last(input, output_size, ops.max)


@translation("torch.nn.MaxPool2d", layout="channels_last", ranks=(4,), gain=2)
def last_max_pool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
    if padding in (0, (0, 0)) and dilation in (1, (1, 1)) and not return_indices and not ceil_mode:
        return layers.MaxPooling2D(kernel_size, strides=stride)
    if not return_indices:
        return ChannelsLastMaxPool(kernel_size, stride, padding, dilation, ceil_mode)


@translation("torch.nn.AvgPool2d", layout="channels_last", ranks=(4,), gain=2)
def last_avg_pool2d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if padding in (0, (0, 0)) and not ceil_mode and divisor_override is None:
        return layers.AveragePooling2D(kernel_size, strides=stride)
    return ChannelsLastAveragePool(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@translation("torch.nn.AdaptiveAvgPool2d", layout="channels_last", ranks=(4,), gain=2)
def last_adaptive_avg_pool2d(output_size):
    if output_size in (1, (1, 1)):
        return layers.GlobalAveragePooling2D(keepdims=True)
    return ChannelsLastAdaptivePool(output_size, ops.mean)


@translation("torch.nn.AdaptiveMaxPool2d", layout="channels_last", ranks=(4,), gain=2)
def last_adaptive_max_pool2d(output_size, return_indices=False):
    if output_size in (1, (1, 1)) and not return_indices:
        return layers.GlobalMaxPooling2D(keepdims=True)
    if not return_indices:
        return ChannelsLastAdaptivePool(output_size, ops.max)


@translation("torch.nn.functional.max_pool2d", layout="channels_last", gain=2)
def last_functional_max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 4 and padding in (0, (0, 0)) and dilation in (1, (1, 1)) and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid")
    if rank(input) == 4 and padding in (0, (0, 0)) and dilation in (1, (1, 1)) and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 4 and not return_indices:
        return pool_max_last(input, kernel_size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


@translation("torch.nn.functional.avg_pool2d", layout="channels_last", gain=2)
def last_functional_avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if rank(input) == 4 and padding in (0, (0, 0)) and not ceil_mode and stride is None and divisor_override is None:
        return ops.average_pool(input, kernel_size, padding="valid")
    if rank(input) == 4 and padding in (0, (0, 0)) and not ceil_mode and divisor_override is None:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 4:
        return pool_average_last(input, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode, count_include_pad=count_include_pad, divisor_override=divisor_override)


@translation("torch.nn.functional.adaptive_avg_pool2d", layout="channels_last", gain=2)
def last_functional_adaptive_avg_pool2d(input, output_size):
    if rank(input) == 4 and output_size in (1, (1, 1), [1, 1]):
        return ops.mean(input, axis=(1, 2), keepdims=True)
    if rank(input) == 4:
        return pool_adaptive_last(input, output_size, ops.mean)


@translation("torch.nn.functional.adaptive_max_pool2d", layout="channels_last", gain=2)
def last_functional_adaptive_max_pool2d(input, output_size, return_indices=False):
    if rank(input) == 4 and output_size in (1, (1, 1), [1, 1]) and not return_indices:
        return ops.max(input, axis=(1, 2), keepdims=True)
    if rank(input) == 4 and not return_indices:
        return pool_adaptive_last(input, output_size, ops.max)


@translation("torch.nn.MaxPool3d", layout="channels_last", ranks=(5,), gain=2)
def last_max_pool3d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
    if padding in (0, (0, 0, 0)) and dilation in (1, (1, 1, 1)) and not return_indices and not ceil_mode:
        return layers.MaxPooling3D(kernel_size, strides=stride)
    if not return_indices:
        return ChannelsLastMaxPool(kernel_size, stride, padding, dilation, ceil_mode)


@translation("torch.nn.AvgPool3d", layout="channels_last", ranks=(5,), gain=2)
def last_avg_pool3d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if padding in (0, (0, 0, 0)) and not ceil_mode and divisor_override is None:
        return layers.AveragePooling3D(kernel_size, strides=stride)
    return ChannelsLastAveragePool(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@translation("torch.nn.AdaptiveAvgPool3d", layout="channels_last", ranks=(5,), gain=2)
def last_adaptive_avg_pool3d(output_size):
    if output_size in (1, (1, 1, 1)):
        return layers.GlobalAveragePooling3D(keepdims=True)
    return ChannelsLastAdaptivePool(output_size, ops.mean)


@translation("torch.nn.AdaptiveMaxPool3d", layout="channels_last", ranks=(5,), gain=2)
def last_adaptive_max_pool3d(output_size, return_indices=False):
    if output_size in (1, (1, 1, 1)) and not return_indices:
        return layers.GlobalMaxPooling3D(keepdims=True)
    if not return_indices:
        return ChannelsLastAdaptivePool(output_size, ops.max)


@translation("torch.nn.functional.max_pool3d", layout="channels_last", gain=2)
def last_functional_max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 5 and padding in (0, (0, 0, 0)) and dilation in (1, (1, 1, 1)) and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid")
    if rank(input) == 5 and padding in (0, (0, 0, 0)) and dilation in (1, (1, 1, 1)) and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 5 and not return_indices:
        return pool_max_last(input, kernel_size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode)


@translation("torch.nn.functional.avg_pool3d", layout="channels_last", gain=2)
def last_functional_avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if rank(input) == 5 and padding in (0, (0, 0, 0)) and not ceil_mode and stride is None and divisor_override is None:
        return ops.average_pool(input, kernel_size, padding="valid")
    if rank(input) == 5 and padding in (0, (0, 0, 0)) and not ceil_mode and divisor_override is None:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid")
    if rank(input) == 5:
        return pool_average_last(input, kernel_size, stride=stride, padding=padding, ceil_mode=ceil_mode, count_include_pad=count_include_pad, divisor_override=divisor_override)


@translation("torch.nn.functional.adaptive_avg_pool3d", layout="channels_last", gain=2)
def last_functional_adaptive_avg_pool3d(input, output_size):
    if rank(input) == 5 and output_size in (1, (1, 1, 1), [1, 1, 1]):
        return ops.mean(input, axis=(1, 2, 3), keepdims=True)
    if rank(input) == 5:
        return pool_adaptive_last(input, output_size, ops.mean)


@translation("torch.nn.functional.adaptive_max_pool3d", layout="channels_last", gain=2)
def last_functional_adaptive_max_pool3d(input, output_size, return_indices=False):
    if rank(input) == 5 and output_size in (1, (1, 1, 1), [1, 1, 1]) and not return_indices:
        return ops.max(input, axis=(1, 2, 3), keepdims=True)
    if rank(input) == 5 and not return_indices:
        return pool_adaptive_last(input, output_size, ops.max)


@adapter("helper.ChannelsLastMaxPool")
class ChannelsLastMaxPool(layers.Layer):
    """Maximum of windows, channels last; what is padded never wins."""

    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.dilation = dilation
        self.ceil_mode = ceil_mode

    def call(self, input):
        return pool_max_last(input, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode)


@adapter("helper.ChannelsLastAveragePool")
class ChannelsLastAveragePool(layers.Layer):
    """Mean of windows, channels last; padded zeros count or not."""

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def call(self, input):
        return pool_average_last(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)


@adapter("helper.ChannelsLastAdaptivePool")
class ChannelsLastAdaptivePool(layers.Layer):
    """Windows of about the same size, as many as asked for, each reduced to one element, channels last."""

    def __init__(self, output_size, reduce):
        super().__init__()
        self.output_size = output_size
        self.reduce = reduce

    def call(self, input):
        return pool_adaptive_last(input, self.output_size, self.reduce)


# ---------------------------------------------------------------- channels

@translation("torch.nn.PReLU", layout="channels_last", ranks=(4,))
def last_prelu(num_parameters=1, init=0.25, device=None, dtype=None):
    if num_parameters == 1:
        return layers.PReLU(initializers.Constant(init), shared_axes=[1, 2, 3])
    return layers.PReLU(initializers.Constant(init), shared_axes=[1, 2])


@translation("torch.nn.Softmax", layout="channels_last", ranks=(4,))
def last_softmax_layer(dim=None):
    if dim == 1 or dim == -3:
        return layers.Softmax(axis=-1)
    if dim == 2 or dim == -2:
        return layers.Softmax(axis=1)
    if dim == 3 or dim == -1:
        return layers.Softmax(axis=2)


@translation("torch.nn.Softmax2d", layout="channels_last", ranks=(4,))
def last_softmax2d(*args, **kwargs):
    return layers.Softmax(axis=-1)


@translation("torch.softmax", layout="channels_last")
def last_softmax(input, dim, dtype=None, *, out=None):
    if dtype is None and out is None:
        return ops.softmax(input, axis=moved(dim, input))


@translation("torch.nn.functional.softmax", layout="channels_last")
def last_functional_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is not None and dtype is None:
        return ops.softmax(input, axis=moved(dim, input))


@translation("torch.log_softmax", layout="channels_last")
def last_log_softmax(input, dim, dtype=None, *, out=None):
    if dtype is None and out is None:
        return ops.log_softmax(input, axis=moved(dim, input))


@translation("torch.nn.functional.log_softmax", layout="channels_last")
def last_functional_log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is not None and dtype is None:
        return ops.log_softmax(input, axis=moved(dim, input))


@translation("torch.cat", layout="channels_last")
def last_cat(tensors, dim=0, *, out=None):
    if out is None:
        return ops.concatenate(tensors, axis=moved(dim, tensors))


@translation("torch.chunk", layout="channels_last")
def last_chunk(input, chunks, dim=0):
    if input.shape[dim] % chunks == 0:
        return ops.split(input, chunks, axis=moved(dim, input))
    return chunk(input, chunks, moved(dim, input))


@translation("torch.split", layout="channels_last")
def last_split(tensor, split_size_or_sections, dim=0):
    return split(tensor, split_size_or_sections, moved(dim, tensor))


@translation("torch.Tensor.split", layout="channels_last")
def last_tensor_split(self, split_size, dim=0):
    return split(self, split_size, moved(dim, self))


# ---------------------------------------------------------------- reductions


@translation("torch.sum", layout="channels_last")
def last_sum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if dtype is None and out is None and dim is not None and dim != () and dim != []:
        if keepdim:
            return ops.sum(input, axis=moved(dim, input), keepdims=keepdim)
        if isinstance(dim, int) and moved(dim, input) == -1:
            return plain_result(ops.sum(input, axis=moved(dim, input)))
        if isinstance(dim, int) and moved(dim, input) > 0:
            return ops.sum(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input) and -1 not in moved(dim, input):
            return ops.sum(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input):
            return plain_result(ops.sum(input, axis=moved(dim, input)))


@translation("torch.mean", layout="channels_last")
def last_mean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if dtype is None and out is None and dim is not None and dim != () and dim != []:
        if keepdim:
            return ops.mean(input, axis=moved(dim, input), keepdims=keepdim)
        if isinstance(dim, int) and moved(dim, input) == -1:
            return plain_result(ops.mean(input, axis=moved(dim, input)))
        if isinstance(dim, int) and moved(dim, input) > 0:
            return ops.mean(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input) and -1 not in moved(dim, input):
            return ops.mean(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input):
            return plain_result(ops.mean(input, axis=moved(dim, input)))


@translation("torch.amax", layout="channels_last")
def last_amax(input, dim=(), keepdim=False, *, out=None):
    if out is None and dim != () and dim != []:
        if keepdim:
            return ops.max(input, axis=moved(dim, input), keepdims=keepdim)
        if isinstance(dim, int) and moved(dim, input) == -1:
            return plain_result(ops.max(input, axis=moved(dim, input)))
        if isinstance(dim, int) and moved(dim, input) > 0:
            return ops.max(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input) and -1 not in moved(dim, input):
            return ops.max(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input):
            return plain_result(ops.max(input, axis=moved(dim, input)))


@translation("torch.amin", layout="channels_last")
def last_amin(input, dim=(), keepdim=False, *, out=None):
    if out is None and dim != () and dim != []:
        if keepdim:
            return ops.min(input, axis=moved(dim, input), keepdims=keepdim)
        if isinstance(dim, int) and moved(dim, input) == -1:
            return plain_result(ops.min(input, axis=moved(dim, input)))
        if isinstance(dim, int) and moved(dim, input) > 0:
            return ops.min(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input) and -1 not in moved(dim, input):
            return ops.min(input, axis=moved(dim, input))
        if not isinstance(dim, int) and 0 not in moved(dim, input):
            return plain_result(ops.min(input, axis=moved(dim, input)))


# ---------------------------------------------------------------- shapes

@adapter("helper.flatten_spatial")
def flatten_spatial(input):
    """The axes between the first and the last as one."""
    shape = ops.shape(input)
    return ops.reshape(input, (shape[0], math.prod(shape[1:-1]), shape[-1]))


@translation("torch.flatten", layout="channels_last")
def last_flatten(input, start_dim=0, end_dim=-1):
    if rank(input) == 4 and start_dim == 1 and end_dim in (-1, 3) and input.shape[2] == 1 and input.shape[3] == 1:
        return ops.squeeze(input, axis=(1, 2))
    if rank(input) == 3 and start_dim == 1 and end_dim in (-1, 2) and input.shape[2] == 1:
        return ops.squeeze(input, axis=1)
    if rank(input) == 4 and start_dim == 1 and end_dim in (-1, 3):
        return ops.reshape(ops.transpose(input, (0, 3, 1, 2)), (ops.shape(input)[0], -1))
    if rank(input) in (4, 5) and start_dim == 2 and (end_dim == -1 or end_dim == rank(input) - 1):
        return flatten_spatial(input)


@translation("torch.nn.Flatten", layout="channels_last", ranks=(3, 4, 5), transposes=1)
def last_flatten_layer(start_dim=1, end_dim=-1):
    if start_dim == 1 and end_dim == -1:
        return ChannelsFirstFlatten()


@adapter("helper.ChannelsFirstFlatten")
class ChannelsFirstFlatten(layers.Layer):
    """Flattens what has its channels last as if they were first, the order that dense layers behind it were trained with."""

    def call(self, input):
        return ops.reshape(ops.moveaxis(input, -1, 1), (ops.shape(input)[0], -1))


@adapter("helper.flatten_features")
def flatten_features(input):
    """All axes but the first as one, in the order in which they lie."""
    return ops.reshape(input, (ops.shape(input)[0], -1))


@translation("torch.flatten", layout="channels_last_free")
def free_flatten(input, start_dim=0, end_dim=-1):
    if rank(input) in (3, 4, 5) and start_dim == 1 and (end_dim == -1 or end_dim == rank(input) - 1):
        return flatten_features(input)


@translation("torch.nn.Flatten", layout="channels_last_free", ranks=(3, 4, 5))
def free_flatten_layer(start_dim=1, end_dim=-1):
    if start_dim == 1 and end_dim == -1:
        return layers.Flatten()


@translation("torch.Tensor.view", layout="channels_last_free")
def free_view(self, *shape, size=None, dtype=None):
    if dtype is None and size is None and len(shape) == 2 and rank(self) in (3, 4, 5):
        return ops.reshape(self, shape)


@translation("torch.Tensor.reshape", layout="channels_last_free")
def free_reshape(self, *sizes, shape=None):
    if shape is None and len(sizes) == 2 and rank(self) in (3, 4, 5):
        return ops.reshape(self, sizes)


@translation("torch.Tensor.view", layout="channels_last")
def last_view(self, *shape, size=None, dtype=None):
    if dtype is None and size is None and len(shape) == 2 and rank(self) == 4 and self.shape[2] == 1 and self.shape[3] == 1 and shape[0] in (-1, self.shape[0]):
        return ops.reshape(self, shape)
    if dtype is None and size is None and len(shape) == 4 and rank(self) == 2 and shape[2] == 1 and shape[3] == 1:
        return ops.reshape(self, (shape[0], 1, 1, shape[1]))
    if dtype is None and size is None and len(shape) == 3 and rank(self) == 4 and self.shape[0] == shape[0] and self.shape[1] == shape[1]:
        return ops.reshape(self, (shape[0], shape[2], shape[1]))
    if dtype is None and size is None and len(shape) == 4 and rank(self) == 3 and self.shape[0] == shape[0] and self.shape[1] == shape[1]:
        return ops.reshape(self, (shape[0], shape[2], shape[3], shape[1]))


@translation("torch.Tensor.reshape", layout="channels_last")
def last_reshape(self, *sizes, shape=None):
    if shape is None and len(sizes) == 2 and rank(self) == 4 and self.shape[2] == 1 and self.shape[3] == 1 and sizes[0] in (-1, self.shape[0]):
        return ops.reshape(self, sizes)
    if shape is None and len(sizes) == 4 and rank(self) == 2 and sizes[2] == 1 and sizes[3] == 1:
        return ops.reshape(self, (sizes[0], 1, 1, sizes[1]))
    if shape is None and len(sizes) == 3 and rank(self) == 4 and self.shape[0] == sizes[0] and self.shape[1] == sizes[1]:
        return ops.reshape(self, (sizes[0], sizes[2], sizes[1]))
    if shape is None and len(sizes) == 4 and rank(self) == 3 and self.shape[0] == sizes[0] and self.shape[1] == sizes[1]:
        return ops.reshape(self, (sizes[0], sizes[2], sizes[3], sizes[1]))


@translation("torch.squeeze", layout="channels_last")
def last_squeeze(input, dim=None):
    if isinstance(dim, int) and rank(input) in (3, 4, 5) and moved(dim, input) > 0 and input.shape[dim] == 1:
        return ops.squeeze(input, axis=moved(dim, input))


@translation("torch.unsqueeze", layout="channels_last")
def last_unsqueeze(input, dim):
    if rank(input) == 2 and dim in (-1, 2):
        return ops.expand_dims(input, 1)
    if rank(input) == 3 and dim in (-1, 3):
        return ops.expand_dims(input, 2)


@translation("torch.Tensor.permute", layout="channels_last")
def last_permute(self, *axes, dims=None):
    if dims is None and axes in ((0, 2, 3, 1), ((0, 2, 3, 1),), (0, 2, 3, 4, 1)):
        return plain_result(self)
    if dims is None and axes in ((0, 3, 1, 2), ((0, 3, 1, 2),), (0, 4, 1, 2, 3)):
        return plain_arguments(self)


@translation("torch.permute", layout="channels_last")
def last_torch_permute(input, dims):
    if dims in ((0, 2, 3, 1), (0, 2, 3, 4, 1), [0, 2, 3, 1]):
        return plain_result(input)
    if dims in ((0, 3, 1, 2), (0, 4, 1, 2, 3), [0, 3, 1, 2]):
        return plain_arguments(input)


@translation("torch.transpose", layout="channels_last")
def last_transpose(input, dim0, dim1):
    if rank(input) == 3 and dim0 in (1, -2) and dim1 in (2, -1):
        return plain_result(input)


# ---------------------------------------------------------------- extremes

@translation("torch.max", layout="channels_last")
def last_max(input, dim=None, keepdim=False, *, other=None, out=None):
    if out is None and other is None and isinstance(dim, int) and keepdim:
        return max_and_index(input, moved(dim, input), keepdim=keepdim)
    if out is None and other is None and isinstance(dim, int) and moved(dim, input) == -1:
        return plain_result(max_and_index(input, moved(dim, input)))


@translation("torch.min", layout="channels_last")
def last_min(input, dim=None, keepdim=False, *, other=None, out=None):
    if out is None and other is None and isinstance(dim, int) and keepdim:
        return min_and_index(input, moved(dim, input), keepdim=keepdim)
    if out is None and other is None and isinstance(dim, int) and moved(dim, input) == -1:
        return plain_result(min_and_index(input, moved(dim, input)))


@translation("torch.argmax", layout="channels_last")
def last_argmax(input, dim=None, keepdim=False):
    if isinstance(dim, int) and moved(dim, input) == -1 and not keepdim:
        return plain_result(ops.cast(ops.argmax(input, axis=moved(dim, input)), "int64"))


# ---------------------------------------------------------------- padding and resizing

@adapter("helper.pad_last")
def pad_last(input, pad, mode="constant", value=None):
    """Padding (before, after) of the last axis of the source's order, then of the one before it, and so on; the channels are last here."""
    pairs = [tuple(pad[i:i + 2]) for i in range(len(pad) - 2, -1, -2)]
    batch, channels, *spatial = [(0, 0)] * (len(input.shape) - len(pairs)) + pairs
    widths = [batch, *spatial, channels]
    if mode == "constant":
        return ops.pad(input, widths, constant_values=0 if value is None else value)
    return ops.pad(input, widths, mode=mode)


@translation("torch.nn.functional.pad", layout="channels_last")
def last_pad(input, pad, mode="constant", value=None):
    if rank(input) in (3, 4, 5) and mode in ("constant", "reflect") and len(pad) <= 2 * rank(input) - 2 and min(pad) >= 0:
        return pad_last(input, pad, mode=mode, value=value)


@adapter("helper.ChannelsLastPadding")
class ChannelsLastPadding(layers.Layer):
    """Pads the axes between the first and the last; `padding` is one number, or a pair for each axis, the last axis first."""

    def __init__(self, padding, mode="constant", value=0.0):
        super().__init__()
        self.padding = padding
        self.mode = mode
        self.value = value

    def call(self, input):
        pairs = sizes(self.padding, 2 * (len(input.shape) - 2))
        return pad_spatial(input, list(zip(pairs[::2], pairs[1::2]))[::-1], self.mode, self.value)


@translation("torch.nn.ZeroPad2d", layout="channels_last", ranks=(4,))
def last_zero_pad2d(padding):
    if isinstance(padding, int):
        return layers.ZeroPadding2D(padding)
    return ChannelsLastPadding(padding)


@translation("torch.nn.ConstantPad2d", layout="channels_last", ranks=(4,))
def last_constant_pad2d(padding, value):
    return ChannelsLastPadding(padding, "constant", value)


@translation("torch.nn.ReflectionPad2d", layout="channels_last", ranks=(4,))
def last_reflection_pad2d(padding):
    return ChannelsLastPadding(padding, "reflect")


@translation("torch.nn.Upsample", layout="channels_last", ranks=(4,))
def last_upsample(size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None):
    if size is None and isinstance(scale_factor, int) and mode == "nearest" and recompute_scale_factor is None:
        return layers.UpSampling2D(scale_factor)
    if size is None and isinstance(scale_factor, int) and mode == "bilinear" and not align_corners and recompute_scale_factor is None:
        return layers.UpSampling2D(scale_factor, interpolation="bilinear")


@translation("torch.nn.UpsamplingNearest2d", layout="channels_last", ranks=(4,))
def last_upsampling_nearest2d(size=None, scale_factor=None):
    if size is None and isinstance(scale_factor, int):
        return layers.UpSampling2D(scale_factor)


@translation("torch.nn.functional.interpolate", layout="channels_last")
def last_interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    if rank(input) == 4 and mode == "bilinear" and isinstance(size, (list, tuple)) and not align_corners and not antialias:
        return ops.image.resize(input, size, interpolation="bilinear")
    if rank(input) == 4 and mode == "nearest" and size is None and isinstance(scale_factor, int):
        return ops.repeat(ops.repeat(input, scale_factor, axis=1), scale_factor, axis=2)


@adapter("helper.pixel_shuffle_last")
def pixel_shuffle_last(input, upscale_factor):
    """Moves channels into blocks of upscale_factor x upscale_factor pixels, channels last, in PyTorch's order of channels."""
    r = upscale_factor
    batch, height, width, channels = ops.shape(input)
    x = ops.reshape(input, (batch, height, width, channels // r**2, r, r))
    return ops.reshape(ops.transpose(x, (0, 1, 4, 2, 5, 3)), (batch, height * r, width * r, channels // r**2))


@adapter("torch.nn.PixelShuffle", layout="channels_last", ranks=(4,))
class ChannelsLastPixelShuffle(layers.Layer):
    """Moves channels into blocks of upscale_factor x upscale_factor pixels, channels last."""

    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def call(self, input):
        return pixel_shuffle_last(input, self.upscale_factor)


@translation("torch.nn.functional.pixel_shuffle", layout="channels_last")
def last_pixel_shuffle(input, upscale_factor):
    if rank(input) == 4:
        return pixel_shuffle_last(input, upscale_factor)


@translation("torch.nn.Dropout2d", layout="channels_last", ranks=(4,))
def last_dropout2d(p=0.5, inplace=False):
    return layers.SpatialDropout2D(p)
