"""Convolutions, pooling, padding, patches and shuffles as functions; channels are axis 1."""
import functools
import math

import keras
import numpy as np
from keras import ops


# ---------------------------------------------------------------- convolution

@adapter("helper.convolution")
def convolution(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolution of (batch, channels, ...) with a kernel (filters, channels / groups, ...)."""
    spatial = ops.ndim(weight) - 2
    if isinstance(padding, int):
        padding = (padding,) * spatial
    if isinstance(padding, str):
        mode = padding
    else:
        mode = "valid"
        input = ops.pad(input, [(0, 0), (0, 0)] + [(n, n) for n in (padding * spatial if len(padding) == 1 else padding)])
    kernel = ops.transpose(weight, (*range(2, spatial + 2), 1, 0))
    if np.max(stride) > 1 and np.max(dilation) > 1:  # not offered together: zeros in the kernel instead
        for axis, (size, step) in enumerate(zip(ops.shape(weight)[2:], np.broadcast_to(dilation, spatial).tolist())):
            places = np.zeros(((size - 1) * step + 1, size), "float32")
            places[np.arange(size) * step, np.arange(size)] = 1
            kernel = ops.moveaxis(ops.tensordot(ops.convert_to_tensor(places, dtype=kernel.dtype), kernel, axes=[[1], [axis]]), 0, axis)
        dilation = 1
    input = ops.moveaxis(input, 1, -1)  # TensorFlow computes on a CPU with the channels last
    output = ops.conv(input, kernel, strides=stride, padding=mode, data_format="channels_last", dilation_rate=dilation)
    return ops.moveaxis(output if bias is None else output + bias, -1, 1)


@adapter("helper.convolution_transpose")
def convolution_transpose(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    """Transposed convolution of (batch, channels, ...) with a kernel (channels, filters / groups, ...)."""
    spatial = ops.ndim(weight) - 2
    every = [(n,) * spatial if isinstance(n, int) else tuple(n) for n in (stride, padding, output_padding, dilation)]
    stride, padding, output_padding, dilation = [n * spatial if len(n) < spatial else n for n in every]
    sizes = ops.shape(weight)
    for axis in range(spatial):  # zeros between the elements, then a convolution with the flipped kernel
        shape = ops.shape(input)
        head, size, tail = shape[:axis + 2], shape[axis + 2], shape[axis + 3:]
        spread = ops.reshape(input, (*head, size, 1, *tail))
        spread = ops.pad(spread, [(0, stride[axis] - 1) if i == axis + 3 else (0, 0) for i in range(len(shape) + 1)])
        spread = ops.reshape(spread, (*head, size * stride[axis], *tail))
        before = dilation[axis] * (sizes[axis + 2] - 1) - padding[axis]
        after = before + output_padding[axis] - (stride[axis] - 1)
        start, end = max(-before, 0), size * stride[axis] + min(after, 0)
        spread = spread[(slice(None),) * (axis + 2) + (slice(start, end),)]
        input = ops.pad(spread, [(max(before, 0), max(after, 0)) if i == axis + 2 else (0, 0) for i in range(len(shape))])
    kernel = ops.flip(weight, axis=tuple(range(2, spatial + 2)))
    kernel = ops.reshape(kernel, (groups, sizes[0] // groups, *sizes[1:]))
    kernel = ops.transpose(kernel, (*range(3, spatial + 3), 1, 0, 2))
    kernel = ops.reshape(kernel, (*sizes[2:], sizes[0] // groups, groups * sizes[1]))
    output = ops.conv(ops.moveaxis(input, 1, -1), kernel, padding="valid", data_format="channels_last", dilation_rate=dilation)
    return ops.moveaxis(output if bias is None else output + bias, -1, 1)


@adapter("torch.nn.functional.conv1d")
def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution(input, weight, bias, stride, padding, dilation, groups)


@adapter("torch.nn.functional.conv_transpose1d")
def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return convolution_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation)


@adapter("torch.nn.functional.conv2d")
def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution(input, weight, bias, stride, padding, dilation, groups)


@adapter("torch.nn.functional.conv_transpose2d")
def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return convolution_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation)


@adapter("torch.nn.functional.conv3d")
def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    return convolution(input, weight, bias, stride, padding, dilation, groups)


@adapter("torch.nn.functional.conv_transpose3d")
def conv_transpose3d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    return convolution_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation)


# ---------------------------------------------------------------- pooling

@adapter("helper.pool_padding")
def pool_padding(sizes, kernel_size, stride, padding, dilation, ceil_mode):
    """Window sizes, strides and the padding of each axis (before, after), with what rounding up needs at the end."""
    n = len(sizes)
    every = [(v,) * n if isinstance(v, int) else tuple(v) for v in (kernel_size, stride or kernel_size, padding, dilation)]
    kernel, stride, padding, dilation = [v * n if len(v) < n else v for v in every]
    pads = []
    for i in range(n):
        room = sizes[i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1
        count = room // stride[i] + 1
        if ceil_mode and room % stride[i] and count * stride[i] < sizes[i] + padding[i]:
            count += 1
        pads.append((padding[i], padding[i] + max((count - 1) * stride[i] - room, 0)))
    return kernel, stride, dilation, pads


@adapter("helper.max_pool")
def max_pool(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    """The largest elements of windows over all axes but the first two; padding never counts."""
    if return_indices:
        return max_pool_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode)
    sizes = ops.shape(input)[2:]
    kernel, stride, dilation, pads = pool_padding(sizes, kernel_size, stride, padding, dilation, ceil_mode)
    input = ops.pad(input, [(0, 0), (0, 0), *pads], constant_values=-math.inf)
    if max(dilation) == 1:
        return ops.max_pool(input, kernel, strides=stride, padding="valid", data_format="channels_first")
    counts = [(n + sum(p) - d * (k - 1) - 1) // s + 1 for n, p, k, s, d in zip(sizes, pads, kernel, stride, dilation)]
    windows = []
    for offset in np.ndindex(*kernel):
        part = [slice(o * d, o * d + (c - 1) * s + 1, s) for o, d, c, s in zip(offset, dilation, counts, stride)]
        windows.append(input[(slice(None), slice(None), *part)])
    return functools.reduce(ops.maximum, windows)


@adapter("helper.max_pool_with_indices")
def max_pool_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The largest elements of windows, and their places in the flattened axes behind the first two."""
    sizes = ops.shape(input)[2:]
    kernel, stride, dilation, pads = pool_padding(sizes, kernel_size, stride, padding, dilation, ceil_mode)
    padded = ops.pad(input, [(0, 0), (0, 0), *pads], constant_values=-math.inf)
    places = np.pad(np.arange(math.prod(sizes)).reshape(sizes), pads)
    counts = [(n + sum(p) - d * (k - 1) - 1) // s + 1 for n, p, k, s, d in zip(sizes, pads, kernel, stride, dilation)]
    windows, origins = [], []
    for offset in np.ndindex(*kernel):
        part = tuple(slice(o * d, o * d + (c - 1) * s + 1, s) for o, d, c, s in zip(offset, dilation, counts, stride))
        windows.append(padded[(slice(None), slice(None), *part)])
        origins.append(places[part])
    windows = ops.stack(windows, axis=-1)
    best = ops.argmax(windows, axis=-1, keepdims=True)
    origins = ops.broadcast_to(ops.convert_to_tensor(np.stack(origins, axis=-1), dtype="int64"), ops.shape(windows))
    values, index = ops.take_along_axis(windows, best, axis=-1), ops.take_along_axis(origins, best, axis=-1)
    return ops.squeeze(values, axis=-1), ops.squeeze(index, axis=-1)


@adapter("helper.average_pool")
def average_pool(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    """The mean of windows over all axes but the first two; zeros of the padding count if asked."""
    sizes = ops.shape(input)[2:]
    kernel, stride, _, pads = pool_padding(sizes, kernel_size, stride, padding, 1, ceil_mode)
    counted = np.ones(sizes, "float32")
    if count_include_pad:
        counted = np.pad(counted, [(before, before) for before, _ in pads], constant_values=1)
        counted = np.pad(counted, [(0, after - before) for before, after in pads])
    else:
        counted = np.pad(counted, pads)
    output = ops.average_pool(ops.pad(input, [(0, 0), (0, 0), *pads]), kernel, strides=stride, padding="valid", data_format="channels_first")
    if divisor_override is not None:
        return output * (math.prod(kernel) / divisor_override)
    if not ceil_mode and (count_include_pad or max(after for _, after in pads) == 0):
        return output
    share = ops.average_pool(ops.convert_to_tensor(counted[None, None]), kernel, strides=stride, padding="valid", data_format="channels_first")
    return output / ops.cast(share, output.dtype)


@adapter("helper.power_pool")
def power_pool(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    """The sums of powers of windows, and the root of these."""
    kernel = pool_padding(ops.shape(input)[2:], kernel_size, stride, 0, 1, ceil_mode)[0]
    mean = average_pool(input**norm_type, kernel_size, stride, 0, ceil_mode)
    return (mean * math.prod(kernel)) ** (1.0 / norm_type)


@adapter("torch.nn.functional.max_pool1d")
def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@translation("torch.nn.functional.max_pool1d")
def _max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 3 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 3 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.max_pool2d")
def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@translation("torch.nn.functional.max_pool2d")
def _max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 4 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 4 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.max_pool3d")
def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@translation("torch.nn.functional.max_pool3d")
def _max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    if rank(input) == 5 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices and stride is None:
        return ops.max_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 5 and padding == 0 and dilation == 1 and not ceil_mode and not return_indices:
        return ops.max_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.avg_pool1d")
def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    return average_pool(input, kernel_size, stride, padding, ceil_mode, count_include_pad)


@translation("torch.nn.functional.avg_pool1d")
def _avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    if rank(input) == 3 and padding == 0 and not ceil_mode and stride is None:
        return ops.average_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 3 and padding == 0 and not ceil_mode:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.avg_pool2d")
def avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    return average_pool(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@translation("torch.nn.functional.avg_pool2d")
def _avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if rank(input) == 4 and padding == 0 and not ceil_mode and divisor_override is None and stride is None:
        return ops.average_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 4 and padding == 0 and not ceil_mode and divisor_override is None:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.avg_pool3d")
def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    return average_pool(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)


@translation("torch.nn.functional.avg_pool3d")
def _avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if rank(input) == 5 and padding == 0 and not ceil_mode and divisor_override is None and stride is None:
        return ops.average_pool(input, kernel_size, padding="valid", data_format="channels_first")
    if rank(input) == 5 and padding == 0 and not ceil_mode and divisor_override is None:
        return ops.average_pool(input, kernel_size, strides=stride, padding="valid", data_format="channels_first")


@adapter("torch.nn.functional.lp_pool1d")
def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return power_pool(input, norm_type, kernel_size, stride, ceil_mode)


@adapter("torch.nn.functional.lp_pool2d")
def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return power_pool(input, norm_type, kernel_size, stride, ceil_mode)


@adapter("torch.nn.functional.lp_pool3d")
def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return power_pool(input, norm_type, kernel_size, stride, ceil_mode)


@adapter("helper.adaptive_pool")
def adaptive_pool(input, output_size, reduction):
    """Windows of nearly one size that give output_size, reduced axis by axis."""
    sizes = ops.shape(input)[2:]
    wanted = (output_size,) * len(sizes) if isinstance(output_size, int) else tuple(output_size)
    for axis, (size, count) in enumerate(zip(sizes, wanted), start=2):
        if count is None or count == size:
            continue
        parts = []
        for i in range(count):
            window = [slice(None)] * axis + [slice(i * size // count, -(-(i + 1) * size // count))]
            parts.append(reduction(input[tuple(window)], axis=axis, keepdims=True))
        input = ops.concatenate(parts, axis=axis)
    return input


@adapter("helper.adaptive_average_pool")
def adaptive_average_pool(input, output_size):
    """The means of windows of nearly one size that give output_size."""
    return adaptive_pool(input, output_size, ops.mean)


@adapter("helper.adaptive_max_pool")
def adaptive_max_pool(input, output_size, return_indices=False):
    """The largest elements of windows of nearly one size that give output_size."""
    if return_indices:
        raise NotImplementedError("places of the largest elements")
    return adaptive_pool(input, output_size, ops.max)


@adapter("torch.nn.functional.adaptive_avg_pool1d")
def adaptive_avg_pool1d(input, output_size):
    return adaptive_average_pool(input, output_size)


@translation("torch.nn.functional.adaptive_avg_pool1d")
def _adaptive_avg_pool1d(input, output_size):
    if rank(input) == 3 and output_size in (1, (1,), [1]):
        return ops.mean(input, axis=2, keepdims=True)


@adapter("torch.nn.functional.adaptive_avg_pool2d")
def adaptive_avg_pool2d(input, output_size):
    return adaptive_average_pool(input, output_size)


@translation("torch.nn.functional.adaptive_avg_pool2d")
def _adaptive_avg_pool2d(input, output_size):
    if rank(input) == 4 and output_size in (1, (1, 1), [1, 1]):
        return ops.mean(input, axis=(2, 3), keepdims=True)


@adapter("torch.nn.functional.adaptive_avg_pool3d")
def adaptive_avg_pool3d(input, output_size):
    return adaptive_average_pool(input, output_size)


@translation("torch.nn.functional.adaptive_avg_pool3d")
def _adaptive_avg_pool3d(input, output_size):
    if rank(input) == 5 and output_size in (1, (1, 1, 1), [1, 1, 1]):
        return ops.mean(input, axis=(2, 3, 4), keepdims=True)


@adapter("torch.nn.functional.adaptive_max_pool1d")
def adaptive_max_pool1d(input, output_size, return_indices=False):
    return adaptive_max_pool(input, output_size, return_indices)


@translation("torch.nn.functional.adaptive_max_pool1d")
def _adaptive_max_pool1d(input, output_size, return_indices=False):
    if not return_indices and rank(input) == 3 and output_size in (1, (1,), [1]):
        return ops.max(input, axis=2, keepdims=True)


@adapter("torch.nn.functional.adaptive_max_pool2d")
def adaptive_max_pool2d(input, output_size, return_indices=False):
    return adaptive_max_pool(input, output_size, return_indices)


@translation("torch.nn.functional.adaptive_max_pool2d")
def _adaptive_max_pool2d(input, output_size, return_indices=False):
    if not return_indices and rank(input) == 4 and output_size in (1, (1, 1), [1, 1]):
        return ops.max(input, axis=(2, 3), keepdims=True)


@adapter("torch.nn.functional.adaptive_max_pool3d")
def adaptive_max_pool3d(input, output_size, return_indices=False):
    return adaptive_max_pool(input, output_size, return_indices)


@translation("torch.nn.functional.adaptive_max_pool3d")
def _adaptive_max_pool3d(input, output_size, return_indices=False):
    if not return_indices and rank(input) == 5 and output_size in (1, (1, 1, 1), [1, 1, 1]):
        return ops.max(input, axis=(2, 3, 4), keepdims=True)


@adapter("helper.scatter_pooled")
def scatter_pooled(input, indices, sizes):
    """The elements at the places that max_pool_with_indices gave, all others zero."""
    batch, channels = ops.shape(input)[:2]
    rows = batch * channels
    index = ops.reshape(ops.cast(indices, "int32"), (rows, -1)) + ops.expand_dims(ops.arange(rows, dtype="int32") * math.prod(sizes), -1)
    flat = ops.scatter_update(ops.zeros((rows * math.prod(sizes),), dtype=input.dtype), ops.reshape(index, (-1, 1)), ops.reshape(input, (-1,)))
    return ops.reshape(flat, (batch, channels, *sizes))


@adapter("helper.max_unpool")
def unpooled(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    """The inverse of max_pool_with_indices with the same window, as far as there is one."""
    sizes = ops.shape(input)[2:]
    if output_size is None:
        every = [(v,) * len(sizes) if isinstance(v, int) else tuple(v) for v in (kernel_size, stride or kernel_size, padding)]
        output_size = [(n - 1) * s + k - 2 * p for n, k, s, p in zip(sizes, *every)]
    return scatter_pooled(input, indices, tuple(output_size)[-len(sizes):])


@adapter("torch.nn.functional.max_unpool1d")
def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return unpooled(input, indices, kernel_size, stride, padding, output_size)


@adapter("torch.nn.functional.max_unpool2d")
def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return unpooled(input, indices, kernel_size, stride, padding, output_size)


@adapter("torch.nn.functional.max_unpool3d")
def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return unpooled(input, indices, kernel_size, stride, padding, output_size)


# ---------------------------------------------------------------- padding

@adapter("torch.nn.functional.pad")
def pad(input, pad, mode="constant", value=None):
    """Padding (before, after) of the last axis, then of the one before it, and so on; negative numbers cut."""
    first = ops.ndim(input) - len(pad) // 2
    pairs = [(0, 0)] * first + [tuple(pad[i:i + 2]) for i in range(len(pad) - 2, -1, -2)]
    if mode == "constant":
        sizes = ops.shape(input)
        if min(pad) < 0:
            input = input[tuple(slice(max(-a, 0), size + min(b, 0)) for (a, b), size in zip(pairs, sizes))]
        return ops.pad(input, [(max(a, 0), max(b, 0)) for a, b in pairs], constant_values=0 if value is None else value)
    for axis, (before, after) in enumerate(pairs):
        if before == 0 and after == 0:
            continue
        size = input.shape[axis]
        places = np.arange(-before, size + after)
        if mode == "replicate":
            places = np.clip(places, 0, size - 1)
        elif mode == "circular":
            places = places % size
        else:
            places = size - 1 - np.abs(size - 1 - np.abs(places))
        input = ops.take(input, places, axis=axis)
    return input


# ---------------------------------------------------------------- patches and shuffles

@adapter("torch.nn.functional.unfold")
def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """The patches of (batch, channels, height, width) as columns: (batch, channels * patch, count)."""
    kernel, dilation, padding, stride = [(v, v) if isinstance(v, int) else tuple(v) for v in (kernel_size, dilation, padding, stride)]
    input = ops.pad(input, [(0, 0), (0, 0)] + [(p, p) for p in padding])
    batch, channels, *sizes = ops.shape(input)
    counts = [(n - d * (k - 1) - 1) // s + 1 for n, d, k, s in zip(sizes, dilation, kernel, stride)]
    for axis in range(2):
        places = np.arange(kernel[axis])[:, None] * dilation[axis] + np.arange(counts[axis]) * stride[axis]
        input = ops.take(input, places, axis=2 + 2 * axis)
    patches = ops.transpose(input, (0, 1, 2, 4, 3, 5))
    return ops.reshape(patches, (batch, channels * math.prod(kernel), math.prod(counts)))


@adapter("torch.nn.functional.fold")
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    """The sums of the columns that unfold gives, each at its place: (batch, channels, height, width)."""
    size, kernel, dilation, padding, stride = [(v, v) if isinstance(v, int) else tuple(v) for v in (output_size, kernel_size, dilation, padding, stride)]
    batch, channels = ops.shape(input)[0], ops.shape(input)[1] // math.prod(kernel)
    whole = [n + 2 * p for n, p in zip(size, padding)]
    counts = [(n - d * (k - 1) - 1) // s + 1 for n, d, k, s in zip(whole, dilation, kernel, stride)]
    rows, columns = [np.arange(kernel[i])[:, None] * dilation[i] + np.arange(counts[i]) * stride[i] for i in range(2)]
    places = rows[:, None, :, None] * whole[1] + columns[None, :, None, :]
    parts = ops.transpose(ops.reshape(input, (batch * channels, -1)))
    flat = ops.scatter_update(ops.zeros((math.prod(whole), batch * channels), dtype=input.dtype), places.reshape(-1, 1), parts, reduction="add")
    image = ops.reshape(ops.transpose(flat), (batch, channels, *whole))
    return image[:, :, padding[0]:padding[0] + size[0], padding[1]:padding[1] + size[1]]


@adapter("torch.nn.functional.pixel_shuffle")
def pixel_shuffle(input, upscale_factor):
    """(..., channels * r * r, height, width) as (..., channels, height * r, width * r)."""
    r = upscale_factor
    *batch, channels, height, width = ops.shape(input)
    n = len(batch)
    blocks = ops.reshape(input, (*batch, channels // (r * r), r, r, height, width))
    blocks = ops.transpose(blocks, (*range(n), n, n + 3, n + 1, n + 4, n + 2))
    return ops.reshape(blocks, (*batch, channels // (r * r), height * r, width * r))


@adapter("torch.nn.functional.pixel_unshuffle")
def pixel_unshuffle(input, downscale_factor):
    """(..., channels, height * r, width * r) as (..., channels * r * r, height, width)."""
    r = downscale_factor
    *batch, channels, height, width = ops.shape(input)
    n = len(batch)
    blocks = ops.reshape(input, (*batch, channels, height // r, r, width // r, r))
    blocks = ops.transpose(blocks, (*range(n), n, n + 2, n + 4, n + 1, n + 3))
    return ops.reshape(blocks, (*batch, channels * r * r, height // r, width // r))


@adapter("torch.nn.functional.channel_shuffle")
@adapter("torch.nn.functional.native_channel_shuffle")
def channel_shuffle(input, groups):
    """The channels (axis 1) of all groups in turn."""
    batch, channels, *sizes = ops.shape(input)
    grouped = ops.swapaxes(ops.reshape(input, (batch, groups, channels // groups, *sizes)), 1, 2)
    return ops.reshape(grouped, (batch, channels, *sizes))
