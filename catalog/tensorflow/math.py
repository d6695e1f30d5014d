"""tensorflow.math."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import dtypes, rules
from tensorflow import (_axis, _floating, _one, _part, _plain, _two, abs, acos, add, add_n, argmax, argmin, asin, atan, cast, cos, cosh, cumsum, divide, divide_no_nan, equal, exp, expand_dims, floor,
                        greater, greater_equal, less, less_equal, log, logical_and, logical_not, logical_or, logical_xor, maximum, minimum, multiply, negative,
                        not_equal, pow, range, reduce_all, reduce_any, reduce_logsumexp, reduce_max, reduce_mean, reduce_min, reduce_prod, reduce_sum, reshape, round, sigmoid,
                        sign, sin, sinh, sqrt, square, subtract, tan, tanh, tensordot, truediv, where, zeros_like)

__public__ = "tensorflow.math"


@op(pivot="expm1(x)")
def expm1(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="log1p(x)")
def log1p(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="rsqrt(x)")
def rsqrt(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="reciprocal(x)")
def reciprocal(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="erf(x)")
def erf(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="erfc(x)")
def erfc(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="erfinv(x)")
def erfinv(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="ceil(x)")
def ceil(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="lgamma(x)")
def lgamma(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="digamma(x)")
def digamma(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="asinh(x)")
def asinh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="acosh(x)")
def acosh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="atanh(x)")
def atanh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="round(x)")
def rint(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="log_sigmoid(x)")
def log_sigmoid(x, name=None) -> Tensor:
    return _floating(x)


@op
def reciprocal_no_nan(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="softplus(features)")
def softplus(features, name=None) -> Tensor:
    return _floating(features)


@op(pivot="softsign(features)")
def softsign(features, name=None) -> Tensor:
    return _floating(features)


@op(pivot="atan2(y, x)")
def atan2(y, x, name=None) -> Tensor:
    return _two("atan2", y, x)


@op(pivot="is_nan(x)")
def is_nan(x, name=None) -> Tensor:
    return _plain(x, "bool")


@op(pivot="is_infinite(x)")
def is_inf(x, name=None) -> Tensor:
    return _plain(x, "bool")


@op(pivot="is_finite(x)")
def is_finite(x, name=None) -> Tensor:
    return _plain(x, "bool")


@op(pivot="floor_divide(x, y)")
def floordiv(x, y, name=None) -> Tensor:
    return _two("floor_divide", x, y)


@op(pivot="remainder(x, y)")
def floormod(x, y, name=None) -> Tensor:
    return _two("mod", x, y)


@op(pivot="remainder(x, y)")
def mod(x, y, name=None) -> Tensor:
    return _two("mod", x, y)


@op(pivot="square(subtract(x, y))")
def squared_difference(x, y, name=None) -> Tensor:
    return _two("squared_difference", x, y)


def multiply_no_nan(x, y, name=None):
    x, y = _one(x), _one(y)
    return where(equal(y, 0), zeros_like(y), multiply(x, y))


def xlogy(x, y, name=None):
    x, y = _one(x), _one(y)
    return where(equal(x, 0), zeros_like(x), multiply(x, log(y)))


def xdivy(x, y, name=None):
    x, y = _one(x), _one(y)
    return where(equal(x, 0), zeros_like(x), truediv(x, y))


@op(pivot="variance(input_tensor, axes=axis, keepdims=keepdims, correction=0)")
def reduce_variance(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="standard_deviation(input_tensor, axes=axis, keepdims=keepdims, correction=0)")
def reduce_std(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="norm(input_tensor, order=2, axes=axis, keepdims=keepdims)")
def reduce_euclidean_norm(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="l2_normalize(x, axis=axis, epsilon=None)")
def l2_normalize(x, axis=None, epsilon=1e-12, name=None) -> Tensor:
    return _plain(x)


def count_nonzero(input, axis=None, keepdims=None, dtype="int64", name=None):
    return reduce_sum(cast(not_equal(input, 0), dtype), axis, keepdims or False)


@op(pivot="cumulative_product(x, axis=axis) if not exclusive and not reverse else None")
def cumprod(x, axis=0, exclusive=False, reverse=False, name=None) -> Tensor:
    return _plain(x)


_TopK = _nw.namedtuple("TopKV2", ("values", "indices"))


@op(pivot="top_k(input, k=k, axis=-1, largest=True)", result="_TopK(Tensor, Tensor)")
def top_k(input, k=1, sorted=True, index_type="int32", name=None) -> Any:
    x = _one(input)
    shape = list(x.shape[:-1]) + [k]
    return _TopK(rules.like(x, shape), rules.like(x, shape, "int32"))


def _segments(data, segment_ids, num_segments=None):
    """One row for each segment; how many there are the numbers say."""
    x, ids = _one(data), _one(segment_ids)
    if num_segments is None:
        known = _nw.flat(ids)
        count = (known[-1] + 1 if known else 0) if known is not None else _nw.unknown("the number of segments")
    else:
        count = rules.sizes_of([num_segments])[0]
    return rules.like(x, [count] + list(x.shape[len(ids.shape):]))


@op
def segment_sum(data, segment_ids, name=None) -> Tensor:
    return _segments(data, segment_ids)


def unsorted_segment_sum(data, segment_ids, num_segments, name=None):
    data, ids = _one(data), _one(segment_ids)
    if len(ids.shape) != 1:
        return _nw.unknown("segments of more than one axis")
    return tensordot(cast(_members(ids, num_segments), data.dtype), data, [[1], [0]])


def _members(ids, num_segments):
    """[segments, rows]: whether a row belongs to a segment."""
    return equal(expand_dims(ids, 0), expand_dims(cast(range(num_segments), ids.dtype), 1))


@op
def segment_mean(data, segment_ids, name=None) -> Tensor:
    return _segments(data, segment_ids)


def unsorted_segment_mean(data, segment_ids, num_segments, name=None):
    data, ids = _one(data), _one(segment_ids)
    if len(ids.shape) != 1:
        return _nw.unknown("segments of more than one axis")
    members = cast(_members(ids, num_segments), data.dtype)
    counts = maximum(reduce_sum(members, 1), 1.0)
    return truediv(tensordot(members, data, [[1], [0]]), reshape(counts, [-1] + [1] * (len(data.shape) - 1)))


@op
def segment_max(data, segment_ids, name=None) -> Tensor:
    return _segments(data, segment_ids)


@op
def unsorted_segment_max(data, segment_ids, num_segments, name=None) -> Tensor:
    return _segments(data, segment_ids, num_segments)


@op
def segment_min(data, segment_ids, name=None) -> Tensor:
    return _segments(data, segment_ids)


@op
def unsorted_segment_min(data, segment_ids, num_segments, name=None) -> Tensor:
    return _segments(data, segment_ids, num_segments)


@op
def segment_prod(data, segment_ids, name=None) -> Tensor:
    return _segments(data, segment_ids)


@op
def unsorted_segment_prod(data, segment_ids, num_segments, name=None) -> Tensor:
    return _segments(data, segment_ids, num_segments)


@op(pivot="angle(input)")
def angle(input, name=None) -> Tensor:
    return _part(input)


@op(pivot="real(input)")
def real(input, name=None) -> Tensor:
    return _part(input)


@op(pivot="imaginary(input)")
def imag(input, name=None) -> Tensor:
    return _part(input)


@op
def confusion_matrix(labels, predictions, num_classes=None, weights=None, dtype="int32", name=None) -> Tensor:
    return _nw.tensor((num_classes, num_classes), dtypes.standardize(dtype))


@op
def bincount(arr, weights=None, minlength=None, maxlength=None, dtype="int32", name=None, axis=None, binary_output=False) -> Tensor:
    return _nw.tensor((_nw.unknown("the number of bins"),), "int32")


@op(pivot="softmax(logits, axis=-1 if axis is None else axis)")
def softmax(logits, axis=None, name=None) -> Tensor:
    return _floating(logits)


@op(pivot="log_softmax(logits, axis=-1 if axis is None else axis)")
def log_softmax(logits, axis=None, name=None) -> Tensor:
    return _floating(logits)


def scalar_mul(scalar, x, name=None):
    return multiply(x, scalar)


@op
def conj(x, name=None) -> Tensor:
    return _plain(x)


@op
def normalize(tensor, ord="euclidean", axis=None, name=None) -> (Tensor, Tensor):
    return _plain(tensor), rules.reduced(_one(tensor), axis, True, None)


def in_top_k(targets, predictions, k, name=None):
    from tensorflow import nn
    return nn.in_top_k(targets, predictions, k)


@op
def xlog1py(x, y, name=None) -> Tensor:
    return _two("xlog1py", x, y)


def zero_fraction(value, name=None):
    return reduce_mean(cast(equal(_one(value), 0), "float32"))


@op
def polyval(coeffs, x, name=None) -> Tensor:
    return _plain(x)


@op
def cumulative_logsumexp(x, axis=0, exclusive=False, reverse=False, name=None) -> Tensor:
    return _floating(x)


@op
def ndtri(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="bessel_i0(x)")
def bessel_i0(x, name=None) -> Tensor:
    return _floating(x)


@op
def bessel_i0e(x, name=None) -> Tensor:
    return _floating(x)


@op
def bessel_i1(x, name=None) -> Tensor:
    return _floating(x)


@op
def igamma(a, x, name=None) -> Tensor:
    return _two("igamma", a, x)


@op
def igammac(a, x, name=None) -> Tensor:
    return _two("igammac", a, x)


@op
def polygamma(a, x, name=None) -> Tensor:
    return _floating(x)


@op
def nextafter(x1, x2, name=None) -> Tensor:
    return _two("nextafter", x1, x2)
