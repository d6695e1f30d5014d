"""Functions of tensors that few programs use: the gamma function and its kin, statistics of counts, parts of matrices, frames of signals.

Keras has no gamma function: it is computed in float64, by Lanczos' sum and by the asymptotic series, to all digits of float32.
"""
import collections
import itertools
import math

import keras
import numpy as np
from keras import ops

# ---------------------------------------------------------------- elementwise

@adapter("torch.lgamma")
def lgamma(input):
    """The logarithm of the absolute value of the gamma function, by Lanczos' sum."""
    x = ops.cast(input, "float64")
    low = x < 0.5
    z = ops.where(low, 1.0 - x, x) - 1.0
    total = 0.99999999999980993 + ops.zeros_like(z)
    for i, factor in enumerate((676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
                                9.9843695780195716e-6, 1.5056327351493116e-7)):
        total = total + factor / (z + (i + 1.0))
    shifted = z + 7.5
    made = 0.5 * math.log(2 * math.pi) + (z + 0.5) * ops.log(shifted) - shifted + ops.log(total)
    sine = ops.where(low, ops.abs(ops.sin(math.pi * x)), ops.ones_like(x))
    made = ops.where(low, math.log(math.pi) - ops.log(sine) - made, made)
    return ops.cast(made, ops.dtype(input) if "float" in ops.dtype(input) else "float32")


@adapter("torch.digamma")
def digamma(input):
    """The derivative of lgamma: the asymptotic series of numbers above 8, to which the recurrence leads."""
    x = ops.cast(input, "float64")
    low = x < 0.5
    z = ops.where(low, 1.0 - x, x)
    made = ops.zeros_like(z)
    for i in range(8):
        made = made - 1.0 / (z + float(i))
    z = z + 8.0
    inverse = 1.0 / (z * z)
    made = made + ops.log(z) - 0.5 / z - inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240 - inverse / 132))))
    tangent = ops.where(low, ops.tan(math.pi * x), ops.ones_like(x))
    made = ops.where(low, made - math.pi / tangent, made)
    return ops.cast(made, ops.dtype(input) if "float" in ops.dtype(input) else "float32")


@adapter("torch.mvlgamma")
def mvlgamma(input, p):
    """The logarithm of the gamma function of p variables."""
    return p * (p - 1) / 4 * math.log(math.pi) + sum(lgamma(input - j / 2) for j in range(p))


@adapter("torch.float_power")
def float_power(input, exponent):
    return ops.power(ops.cast(input, "float64"), ops.cast(exponent, "float64"))


@adapter("torch.nextafter")
def nextafter(input, other):
    return ops.nextafter(input, other)


@adapter("torch.isreal")
def isreal(input):
    return ops.equal(ops.imag(input), 0.0) if "complex" in ops.dtype(input) else ops.ones_like(input, dtype="bool")


@adapter("torch.special.xlog1py")
def xlog1py(input, other):
    """input * log(1 + other), which is 0 where input is 0."""
    return ops.where(ops.equal(input, 0), ops.zeros_like(input * other), input * ops.log1p(other))


# ---------------------------------------------------------------- statistics

@adapter("torch.mode")
def mode(input, dim=-1, keepdim=False):
    """The most frequent value along an axis, of several the smallest, and its last place."""
    moved = ops.moveaxis(input, dim, -1)
    size = ops.shape(moved)[-1]
    equal = ops.cast(ops.equal(ops.expand_dims(moved, -1), ops.expand_dims(moved, -2)), "int32")
    count = ops.sum(equal, axis=-1)
    most = ops.equal(count, ops.max(count, axis=-1, keepdims=True))
    order = ops.argsort(moved, axis=-1)
    first = ops.argmax(ops.cast(ops.take_along_axis(most, order, axis=-1), "int32"), axis=-1)
    values = ops.take_along_axis(moved, ops.take_along_axis(order, ops.expand_dims(first, -1), axis=-1), axis=-1)
    index = ops.max(ops.where(ops.equal(moved, values), ops.arange(size), -1), axis=-1, keepdims=True)
    values, index = ops.moveaxis(values, -1, dim), ops.cast(ops.moveaxis(index, -1, dim), "int64")
    if not keepdim:
        values, index = ops.squeeze(values, axis=dim), ops.squeeze(index, axis=dim)
    return collections.namedtuple("Mode", ["values", "indices"])(values, index)


@adapter("torch.nanmedian")
def nanmedian(input, dim=None, keepdim=False):
    """The element in the middle of those that are numbers, the lower one of two."""
    if dim is not None:
        raise NotImplementedError("places of medians")
    flat = ops.reshape(input, (-1,))
    missing = ops.isnan(flat)
    ordered = ops.sort(ops.where(missing, math.inf, flat))
    return ops.take(ordered, ops.maximum(ops.shape(flat)[0] - ops.sum(ops.cast(missing, "int32")) - 1, 0) // 2)


@adapter("torch.nanquantile")
def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    return ops.nanquantile(input, q, axis=dim, method=interpolation, keepdims=keepdim)


@adapter("torch.histc")
def histc(input, bins=100, min=0, max=0):
    """How many elements lie in each of `bins` equal parts between min and max."""
    if min == max:
        raise NotImplementedError("limits that the contents give")
    flat = ops.reshape(input, (-1, 1))
    place = ops.minimum(ops.cast(ops.floor((flat - min) * (bins / (max - min))), "int32"), bins - 1)
    inside = ops.logical_and(flat >= min, flat <= max)
    return ops.sum(ops.cast(ops.logical_and(ops.equal(place, ops.arange(bins)), inside), input.dtype), axis=0)


@adapter("torch.corrcoef")
def corrcoef(input):
    """The correlations of the rows."""
    if ops.ndim(input) < 2:
        raise NotImplementedError("one variable")
    centred = input - ops.mean(input, axis=1, keepdims=True)
    covariance = ops.matmul(centred, ops.transpose(centred))
    scale = ops.sqrt(ops.diagonal(covariance))
    return ops.clip(covariance / scale[:, None] / scale[None, :], -1.0, 1.0)


@adapter("torch.cumulative_trapezoid")
def cumulative_trapezoid(y, x=None, *, dx=None, dim=-1):
    """The sums up to each place of the trapezoids between neighbours."""
    moved = ops.moveaxis(y, dim, -1)
    width = ops.moveaxis(ops.diff(x, axis=dim), dim, -1) if x is not None and ops.ndim(x) > 1 else ops.diff(x) if x is not None else 1 if dx is None else dx
    return ops.moveaxis(ops.cumsum((moved[..., 1:] + moved[..., :-1]) * width / 2, axis=-1), -1, dim)


@adapter("torch.gradient")
def gradient(input, *, spacing=1, dim=None, edge_order=1):
    """Differences of neighbours in the middle, one-sided ones at the ends."""
    if not isinstance(spacing, (int, float)) or edge_order != 1:
        raise NotImplementedError("spacings of several axes, or second order at the ends")
    made = []
    for axis in range(ops.ndim(input)) if dim is None else [dim] if isinstance(dim, int) else dim:
        x = ops.moveaxis(input, axis, -1)
        inner = (x[..., 2:] - x[..., :-2]) / (2 * spacing)
        ends = [(x[..., 1:2] - x[..., :1]) / spacing, (x[..., -1:] - x[..., -2:-1]) / spacing]
        made.append(ops.moveaxis(ops.concatenate([ends[0], inner, ends[1]], axis=-1), -1, axis))
    return tuple(made)


@adapter("torch.combinations")
def combinations(input, r=2, with_replacement=False):
    """All choices of r elements, in the order of their places."""
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    return ops.take(input, np.array(list(choose(range(ops.shape(input)[0]), r)), "int32").reshape(-1, r), axis=0)


@adapter("torch.nn.functional.pdist")
def pdist(input, p=2.0):
    """The distances of all pairs of rows."""
    pairs = np.array(list(itertools.combinations(range(ops.shape(input)[0]), 2)), "int32").reshape(-1, 2)
    return vector_norm(ops.take(input, pairs[:, 0], axis=0) - ops.take(input, pairs[:, 1], axis=0), ord=p, dim=-1)


# ---------------------------------------------------------------- parts of tensors

@adapter("torch.masked_scatter")
def masked_scatter(input, mask, source):
    """The elements of source, one after the other, where mask is true."""
    mask = ops.broadcast_to(mask, ops.shape(input))
    flat = ops.reshape(source, (-1,))
    number = ops.clip(ops.cumsum(ops.cast(ops.reshape(mask, (-1,)), "int32")) - 1, 0, ops.shape(flat)[0] - 1)
    return ops.where(mask, ops.reshape(ops.take(flat, number), ops.shape(input)), input)


@adapter("torch.diagonal_scatter")
def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    """The input with src on a diagonal."""
    moved = ops.moveaxis(input, (dim1, dim2), (-2, -1))
    rows, columns = ops.shape(moved)[-2:]
    place = ops.arange(rows)[:, None] + min(offset, 0) + ops.zeros((1, columns), dtype="int32")
    on = ops.equal(ops.arange(columns)[None, :] - ops.arange(rows)[:, None], offset)
    spread = ops.take(src, ops.clip(place, 0, ops.shape(src)[-1] - 1), axis=-1)
    return ops.moveaxis(ops.where(on, spread, moved), (-2, -1), (dim1, dim2))


@adapter("torch.as_strided")
def as_strided(input, size, stride, storage_offset=None):
    """The elements at places that strides give, of a tensor that lies in the order of its axes; a copy."""
    place = np.full((), storage_offset or 0, "int32")
    for axis, (count, step) in enumerate(zip(size, stride)):
        place = place[..., None] + np.arange(count, dtype="int32") * step
    return ops.take(ops.reshape(input, (-1,)), place)


@adapter("torch.renorm")
def renorm(input, p, dim, maxnorm):
    """Parts along an axis whose norm is greater than maxnorm, made as long as that."""
    axes = [axis for axis in range(ops.ndim(input)) if axis != dim % ops.ndim(input)]
    norm = vector_norm(input, ord=p, dim=tuple(axes), keepdim=True)
    return input * ops.where(norm > maxnorm, maxnorm / (norm + 1e-7), ops.ones_like(norm))


@adapter("torch.vander")
def vander(x, N=None, increasing=False):
    """The powers of each element in a row."""
    powers = [ops.ones_like(x)]
    for i in range((ops.shape(x)[0] if N is None else N) - 1):
        powers.append(powers[-1] * x)
    return ops.stack(powers if increasing else powers[::-1], axis=-1)


@adapter("torch.matrix_exp")
def matrix_exp(input):
    """The exponential of matrices: the series of a small part, squared again and again, in float64."""
    x = ops.cast(input, "float64") / 1024.0
    term = total = ops.eye(ops.shape(x)[-1], dtype="float64") + ops.zeros_like(x)
    for i in range(1, 13):
        term = ops.matmul(term, x) / i
        total = total + term
    for i in range(10):
        total = ops.matmul(total, total)
    return ops.cast(total, input.dtype)


@adapter("torch.linalg.matrix_norm")
def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False):
    """The norm of matrices: of all elements, of sums of rows or columns, or of the singular values."""
    if ord == "fro":
        return vector_norm(A, dim=dim, keepdim=keepdim)
    moved = ops.moveaxis(A, dim, (-2, -1))
    if ord in ("nuc", 2, -2):
        values = ops.svd(moved, compute_uv=False)
        made = ops.sum(values, axis=-1) if ord == "nuc" else ops.max(values, axis=-1) if ord == 2 else ops.min(values, axis=-1)
    else:
        sums = ops.sum(ops.abs(moved), axis=-2 if abs(ord) == 1 else -1)
        made = ops.max(sums, axis=-1) if ord > 0 else ops.min(sums, axis=-1)
    if not keepdim:
        return made
    for axis in sorted(axis % ops.ndim(A) for axis in dim):
        made = ops.expand_dims(made, axis)
    return made


# ---------------------------------------------------------------- losses

@adapter("torch.nn.functional.multi_margin_loss")
def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
    """How far other classes come near the right one."""
    if size_average is not None or reduce is not None or ops.ndim(input) != 2:
        raise NotImplementedError("old arguments for reductions, or one sample without its axis")
    own = ops.one_hot(target, ops.shape(input)[1], dtype=input.dtype)
    short = ops.relu(margin - ops.sum(own * input, axis=1, keepdims=True) + input)
    short = short if p == 1 else short * short
    if weight is not None:
        short = short * ops.sum(own * weight, axis=1, keepdims=True)
    return reduce_loss(ops.sum(short * (1 - own), axis=1) / ops.shape(input)[1], reduction)


@adapter("torch.nn.functional.multilabel_margin_loss")
def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """How far other classes come near the right ones, which are listed up to the first negative number."""
    if size_average is not None or reduce is not None:
        raise NotImplementedError("old arguments for reductions")
    valid = ops.cumprod(ops.cast(target >= 0, "int32"), axis=-1)
    count = ops.shape(input)[-1]
    listed = ops.one_hot(ops.where(valid > 0, target, 0), count, dtype=input.dtype) * ops.cast(ops.expand_dims(valid, -1), input.dtype)
    right = ops.minimum(ops.sum(listed, axis=-2), 1.0)
    own = ops.sum(listed * ops.expand_dims(input, -2), axis=-1)
    short = ops.relu(1.0 - ops.expand_dims(own, -1) + ops.expand_dims(input, -2)) * ops.expand_dims(1.0 - right, -2) * ops.cast(ops.expand_dims(valid, -1), input.dtype)
    return reduce_loss(ops.sum(short, axis=(-2, -1)) / count, reduction)


@adapter("torch.nn.MultiMarginLoss")
class MultiMarginLoss(keras.layers.Layer):
    """multi_margin_loss as a layer."""

    def __init__(self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.p = p
        self.margin = margin
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.reduction = reduction

    def call(self, input, target):
        return multi_margin_loss(input, target, self.p, self.margin, self.weight, reduction=self.reduction)


@adapter("torch.nn.MultiLabelMarginLoss")
class MultiLabelMarginLoss(keras.layers.Layer):
    """multilabel_margin_loss as a layer."""

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.reduction = reduction

    def call(self, input, target):
        return multilabel_margin_loss(input, target, reduction=self.reduction)


# ---------------------------------------------------------------- frames of signals

@adapter("helper.frame_window")
def frame_window(window, n_fft, win_length):
    """The window of frames of n_fft places, in their middle."""
    window = ops.ones((win_length,)) if window is None else window
    left = (n_fft - win_length) // 2
    return ops.pad(window, [(left, n_fft - win_length - left)])


@adapter("torch.stft")
def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode="reflect", normalized=False, onesided=None, return_complex=None):
    """The transforms of overlapping frames, frequencies before frames."""
    hop = n_fft // 4 if hop_length is None else hop_length
    if center:
        half = n_fft // 2
        input = ops.pad(input, [(0, 0)] * (ops.ndim(input) - 1) + [(half, half)], mode=pad_mode)
    count = 1 + (ops.shape(input)[-1] - n_fft) // hop
    frames = ops.take(input, np.arange(count, dtype="int32")[:, None] * hop + np.arange(n_fft, dtype="int32"), axis=-1)
    frames = frames * frame_window(window, n_fft, n_fft if win_length is None else win_length)
    made = fourier(frames, False, None, -1, "ortho" if normalized else None) if onesided is False else real_fourier(frames, None, (-1,), "ortho" if normalized else None)
    made = ops.swapaxes(made, -1, -2)
    return made if return_complex else ops.stack([ops.real(made), ops.imag(made)], axis=-1)


@adapter("torch.istft")
def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False):
    """The signal whose frames have these transforms: what overlaps is added, and divided by the squares of the windows there."""
    if onesided is False or return_complex:
        raise NotImplementedError("transforms of complex signals")
    hop = n_fft // 4 if hop_length is None else hop_length
    window = frame_window(window, n_fft, n_fft if win_length is None else win_length)
    frames = inverse_real_fourier(ops.swapaxes(input, -1, -2), (n_fft,), (-1,), "ortho" if normalized else None) * window
    count = ops.shape(frames)[-2]
    whole = n_fft + hop * (count - 1)
    signal = weights = 0.0
    for i in range(count):
        around = (i * hop, whole - n_fft - i * hop)
        signal = signal + ops.pad(frames[..., i, :], [(0, 0)] * (ops.ndim(frames) - 2) + [around])
        weights = weights + ops.pad(window * window, [around])
    start = n_fft // 2 if center else 0
    end = whole - start if length is None else start + length
    if end > whole:
        raise NotImplementedError("a signal longer than its frames")
    return signal[..., start:end] / weights[start:end]
