"""Resizing and sampling of images as functions; channels are axis 1."""
import itertools
import math

import keras
import numpy as np
from keras import ops


@adapter("helper.resize_taps")
def resize_taps(size, count, scale, mode, align_corners, antialias):
    """For each of count elements of an axis: places in the old one of that size, and their weights."""
    step = np.float32(1 / scale if scale is not None else size / count)
    if mode == "nearest":
        return [(np.minimum(np.floor(np.arange(count, dtype="float32") * step), size - 1).astype("int32"), 1.0)]
    if mode == "nearest-exact":
        return [(np.minimum(np.floor((np.arange(count, dtype="float32") + np.float32(0.5)) * step), size - 1).astype("int32"), 1.0)]
    step = 1 / scale if scale is not None else size / count
    cubic = mode == "bicubic"
    if antialias:
        wide = max(step, 1.0)
        centre = step * (np.arange(count) + 0.5)
        support = (2.0 if cubic else 1.0) * wide
        first = np.maximum((centre - support + 0.5).astype("int64"), 0)
        last = np.minimum((centre + support + 0.5).astype("int64"), size)
        weights = []
        for i in range(int((last - first).max())):
            at = np.abs((first + i - centre + 0.5) / wide)
            if cubic:
                value = np.where(at < 1, (1.5 * at - 2.5) * at * at + 1, np.where(at < 2, ((-0.5 * at + 2.5) * at - 4) * at + 2, 0.0))
            else:
                value = np.maximum(1 - at, 0.0)
            weights.append(np.where(first + i < last, value, 0.0))
        total = sum(weights)
        return [(np.minimum(first + i, size - 1), w / total) for i, w in enumerate(weights)]
    if align_corners:
        position = np.arange(count) * ((size - 1) / (count - 1) if count > 1 else 0.0)
    else:
        position = (np.arange(count) + 0.5) * step - 0.5
    if not cubic:
        position = np.maximum(position, 0.0)
        low = np.minimum(np.floor(position).astype("int64"), size - 1)
        part = position - low
        return [(low, 1 - part), (np.minimum(low + 1, size - 1), part)]
    low = np.floor(position).astype("int64")
    part, a = position - low, -0.75
    weights = []
    for at in (part + 1, part, 1 - part, 2 - part):
        near = ((a + 2) * at - (a + 3)) * at * at + 1
        weights.append(np.where(at <= 1, near, ((a * at - 5 * a) * at + 8 * a) * at - 4 * a))
    return [(np.clip(low + i - 1, 0, size - 1), w) for i, w in enumerate(weights)]


@adapter("torch.nn.functional.interpolate")
def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    """(batch, channels, ...) resized to a size, or by a factor, axis by axis."""
    if mode not in ("nearest", "nearest-exact", "linear", "bilinear", "trilinear", "bicubic", "area"):
        raise NotImplementedError(mode)
    old = ops.shape(input)[2:]
    scales = [None] * len(old)
    if size is None:
        factors = [scale_factor] * len(old) if isinstance(scale_factor, (int, float)) else list(scale_factor)
        size = [math.floor(n * float(f)) for n, f in zip(old, factors)]
        scales = scales if recompute_scale_factor else factors
    elif isinstance(size, int):
        size = [size] * len(old)
    if mode in ("nearest", "nearest-exact") and all(count % n == 0 and scale in (None, count // n) for n, count, scale in zip(old, size, scales)):
        for axis, (n, count) in enumerate(zip(old, size), start=2):
            input = ops.repeat(input, count // n, axis=axis)
        return input
    if mode == "bilinear" and not align_corners and not antialias and all(scale is None or n * scale == count for n, count, scale in zip(old, size, scales)):
        return ops.image.resize(input, size, interpolation="bilinear", data_format="channels_first")
    if mode == "nearest" and any(scale and n * scale != count and count in (n, 2 * n) for n, count, scale in zip(old, size, scales)):
        raise NotImplementedError("which grid is taken depends on the memory layout")
    for axis, (n, count, scale) in enumerate(zip(old, size, scales), start=2):
        if mode == "area":
            windows = [[slice(None)] * axis + [slice(i * n // count, -(-(i + 1) * n // count))] for i in range(count)]
            input = ops.concatenate([ops.mean(input[tuple(w)], axis=axis, keepdims=True) for w in windows], axis=axis)
            continue
        shape = [count if i == axis else 1 for i in range(len(old) + 2)]
        total = 0.0
        for places, weights in resize_taps(n, count, scale, mode, align_corners, antialias):
            part = ops.take(input, places, axis=axis)
            if not isinstance(weights, float):
                part = part * ops.convert_to_tensor(weights.reshape(shape), dtype=input.dtype)
            total = part if isinstance(total, float) else total + part
        input = total
    return input


@translation("torch.nn.functional.interpolate")
def _interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    if mode == "bilinear" and size is not None and not align_corners and not antialias and isinstance(size, (list, tuple)):
        return ops.image.resize(input, size, interpolation="bilinear", data_format="channels_first")
    if mode in ("nearest", "nearest-exact", "linear", "bilinear", "trilinear", "bicubic", "area"):
        return interpolate(input, size=size, scale_factor=scale_factor, mode=mode, align_corners=align_corners,
                           recompute_scale_factor=recompute_scale_factor, antialias=antialias)


@translation("torch.nn.functional.upsample")
def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    if mode in ("nearest", "linear", "bilinear", "trilinear", "bicubic"):
        return interpolate(input, size=size, scale_factor=scale_factor, mode=mode, align_corners=align_corners)


@translation("torch.nn.functional.upsample_nearest")
def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size=size, scale_factor=scale_factor)


@translation("torch.nn.functional.upsample_bilinear")
def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size=size, scale_factor=scale_factor, mode="bilinear", align_corners=True)


@adapter("torch.nn.functional.affine_grid")
def affine_grid(theta, size, align_corners=None):
    """The positions, from -1 to 1, that an affine map gives to the pixels of an image of that size."""
    axes = []
    for n in size[:1:-1]:
        last = 1.0 if align_corners else (n - 1) / n
        axes.append(np.linspace(-last, last, n, dtype="float32") if n > 1 else np.zeros(1, "float32"))
    grids = np.meshgrid(*axes[::-1], indexing="ij")[::-1]
    base = ops.convert_to_tensor(np.stack([*grids, np.ones_like(grids[0])], axis=-1), dtype=theta.dtype)
    grid = ops.matmul(ops.reshape(base, (-1, base.shape[-1])), ops.swapaxes(theta, 1, 2))
    return ops.reshape(grid, (size[0], *size[2:], len(size) - 2))


@adapter("torch.nn.functional.grid_sample")
def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    """Images or volumes (batch, channels, sizes) sampled at positions (x, y) or (x, y, z) from -1 to 1."""
    if mode not in ("bilinear", "nearest"):
        raise NotImplementedError("sampling with cubic weights")
    batch, channels, *sizes = ops.shape(input)
    positions = []
    for axis, size in enumerate(sizes):
        at = grid[..., len(sizes) - 1 - axis]
        at = (at + 1) / 2 * (size - 1) if align_corners else ((at + 1) * size - 1) / 2
        if padding_mode == "reflection":
            low, span = (0, size - 1) if align_corners else (-0.5, size)
            away = ops.abs(at - low)
            extra = ops.mod(away, span) if span > 0 else ops.zeros_like(at)
            at = ops.where(ops.mod(ops.floor(away / span) if span > 0 else ops.zeros_like(at), 2) == 0, extra + low, span - extra + low)
        if padding_mode in ("border", "reflection"):
            at = ops.clip(at, 0, size - 1)
        positions.append(at)
    flat = ops.reshape(input, (batch, channels, math.prod(sizes)))

    def pixels(places, weight):
        inside, number = ops.ones_like(weight, dtype="bool"), 0
        for place, size in zip(places, sizes):
            inside = ops.logical_and(inside, ops.logical_and(place >= 0, place <= size - 1))
            number = number * size + ops.cast(ops.clip(place, 0, size - 1), "int32")
        number = ops.broadcast_to(ops.reshape(number, (batch, 1, -1)), (batch, channels, math.prod(ops.shape(number)[1:])))
        values = ops.reshape(ops.take_along_axis(flat, number, axis=2), (batch, channels, *ops.shape(weight)[1:]))
        return values * ops.expand_dims(ops.cast(inside, weight.dtype) * weight, 1)

    if mode == "nearest":
        return pixels([ops.round(at) for at in positions], ops.ones_like(positions[0]))
    first = [ops.floor(at) for at in positions]
    result = 0
    for sides in itertools.product((0, 1), repeat=len(sizes)):
        weight = 1
        for at, low, side in zip(positions, first, sides):
            weight = weight * (at - low if side else low + 1 - at)
        result = result + pixels([low + side for low, side in zip(first, sides)], weight)
    return result


@translation("torch.nn.functional.grid_sample")
def _grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    if rank(input) in (4, 5) and mode in ("bilinear", "nearest"):
        return grid_sample(input, grid, mode=mode, padding_mode=padding_mode, align_corners=align_corners)
