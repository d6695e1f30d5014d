"""keras.ops: the functions of numpy's kind."""
from __future__ import annotations

import builtins

import _nw
from _nw import check, known, normal_dim, op
from _nw import prod as _count
from keras.src import conversion, dtypes, rules, state

__public__ = "keras.ops"

_float, _int, _bool = float, int, bool

@op(pivot="exp(x)")
def exp(x) -> Tensor:
    return rules.real(x, 'exp')


@op(pivot="log(x)")
def log(x) -> Tensor:
    return rules.real(x, 'log')


@op(pivot="log2(x)")
def log2(x) -> Tensor:
    return rules.real(x, 'log2')


@op(pivot="log10(x)")
def log10(x) -> Tensor:
    return rules.real(x, 'log10')


@op(pivot="log1p(x)")
def log1p(x) -> Tensor:
    return rules.real(x)


@op(pivot="expm1(x)")
def expm1(x) -> Tensor:
    return rules.real(x)


@op(pivot="sqrt(x)")
def sqrt(x) -> Tensor:
    return rules.real(x, 'sqrt')


@op(pivot="sin(x)")
def sin(x) -> Tensor:
    return rules.real(x, 'sin')


@op(pivot="cos(x)")
def cos(x) -> Tensor:
    return rules.real(x, 'cos')


@op(pivot="tan(x)")
def tan(x) -> Tensor:
    return rules.real(x, 'tan')


@op(pivot="sinh(x)")
def sinh(x) -> Tensor:
    return rules.real(x)


@op(pivot="cosh(x)")
def cosh(x) -> Tensor:
    return rules.real(x)


@op(pivot="tanh(x)")
def tanh(x) -> Tensor:
    return rules.real(x)


@op(pivot="asin(x)")
def arcsin(x) -> Tensor:
    return rules.real(x)


@op(pivot="acos(x)")
def arccos(x) -> Tensor:
    return rules.real(x)


@op(pivot="atan(x)")
def arctan(x) -> Tensor:
    return rules.real(x)


@op(pivot="asinh(x)")
def arcsinh(x) -> Tensor:
    return rules.real(x)


@op(pivot="acosh(x)")
def arccosh(x) -> Tensor:
    return rules.real(x)


@op(pivot="atanh(x)")
def arctanh(x) -> Tensor:
    return rules.real(x)


@op(pivot="power(2, x)")
def exp2(x) -> Tensor:
    return rules.real(x)


@op(pivot="reciprocal(x)")
def reciprocal(x) -> Tensor:
    return rules.real(x)


@op(pivot="multiply(x, 0.017453292519943295)")
def deg2rad(x) -> Tensor:
    return rules.real(x)


@op(pivot="multiply(x, 57.29577951308232)")
def rad2deg(x) -> Tensor:
    return rules.real(x)


@op(pivot="normalized_sinc(x)")
def sinc(x) -> Tensor:
    return rules.real(x)


@op(pivot="bessel_i0(x)")
def i0(x) -> Tensor:
    return rules.real(x)


@op
def cbrt(x) -> Tensor:
    return rules.real(x)


@op(pivot="ceil(x)")
def ceil(x) -> Tensor:
    return rules.real(x, 'ceil')


@op(pivot="floor(x)")
def floor(x) -> Tensor:
    return rules.real(x, 'floor')


@op(pivot="angle(x)")
def angle(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.real_of(dtypes.name_of(x if dtypes.name_of(x).startswith("complex") else rules.real(x))))


def _size(x):
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.real_of(dtypes.name_of(x))) if dtypes.name_of(x).startswith("complex") else rules.each(x, builtins.abs)


@op(pivot="abs(x)")
def abs(x) -> Tensor:
    return _size(x)


@op(pivot="abs(x)")
def absolute(x) -> Tensor:
    return _size(x)


@op(pivot="square(x)")
def square(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype="int32" if dtypes.name_of(x) == "bool" else None)


@op(pivot="conjugate(x)")
def conj(x) -> Tensor:
    return rules.same(x)


@op(pivot="conjugate(x)")
def conjugate(x) -> Tensor:
    return rules.same(x)


@op(pivot="truncate(x)")
def trunc(x) -> Tensor:
    return rules.same(x)


@op(pivot="negative(x)")
def negative(x) -> Tensor:
    x = rules.convert(x)
    if dtypes.name_of(x) == "bool":
        raise TypeError("Value for attr T of bool is not in the list of allowed values")
    return rules.each(x, lambda value: -value)


@op(pivot="sign(x)")
def sign(x) -> Tensor:
    x = rules.convert(x)
    if dtypes.name_of(x) == "bool":
        raise TypeError("Value for attr T of bool is not in the list of allowed values")
    return rules.each(x, lambda value: (value > 0) - (value < 0))


@op(pivot="round(x) if decimals == 0 else None")
def round(x, decimals=0) -> Tensor:
    x = rules.convert(x)
    return _nw.tensor(x.shape, x.dtype, like=x, data=rules.mapped(x, "round") if decimals == 0 else None)


@op(pivot="real(x)")
def real(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.real_of(dtypes.name_of(x)))


@op(pivot="imaginary(x)")
def imag(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.real_of(dtypes.name_of(x)))


@op(pivot="is_nan(x)")
def isnan(x) -> Tensor:
    return rules.truth(x)


@op(pivot="is_infinite(x)")
def isinf(x) -> Tensor:
    return rules.truth(x)


@op(pivot="is_finite(x)")
def isfinite(x) -> Tensor:
    return rules.truth(x)


@op(pivot="logical_not(x)")
def logical_not(x) -> Tensor:
    return rules.each(rules.convert(x), lambda value: not value, "bool")


@op(pivot="logical_and(is_infinite(x), less(x, 0))")
def isneginf(x) -> Tensor:
    return rules.truth(x)


@op(pivot="logical_and(is_infinite(x), greater(x, 0))")
def isposinf(x) -> Tensor:
    return rules.truth(x)


@op
def isreal(x) -> Tensor:
    return rules.truth(x)


@op(pivot="sign_bit(x)")
def signbit(x) -> Tensor:
    return rules.truth(x)


@op(pivot="bitwise_not(x)")
def bitwise_invert(x) -> Tensor:
    return rules.same(x)


@op(pivot="bitwise_not(x)")
def bitwise_not(x) -> Tensor:
    return rules.same(x)


@op(pivot="add(x1, x2)")
def add(x1, x2) -> Tensor:
    return rules.binary("add", x1, x2)


@op(pivot="subtract(x1, x2)")
def subtract(x1, x2) -> Tensor:
    return rules.binary("subtract", x1, x2)


@op(pivot="multiply(x1, x2)")
def multiply(x1, x2) -> Tensor:
    return rules.binary("multiply", x1, x2)


@op(pivot="power(x1, x2)")
def power(x1, x2) -> Tensor:
    return rules.binary("power", x1, x2)


@op(pivot="floor_divide(x1, x2)")
def floor_divide(x1, x2) -> Tensor:
    return rules.binary("floor_divide", x1, x2)


@op(pivot="maximum(x1, x2)")
def maximum(x1, x2) -> Tensor:
    return rules.binary("maximum", x1, x2)


@op(pivot="minimum(x1, x2)")
def minimum(x1, x2) -> Tensor:
    return rules.binary("minimum", x1, x2)


@op(pivot="number_maximum(x1, x2)")
def fmax(x1, x2) -> Tensor:
    return rules.binary("fmax", x1, x2)


@op(pivot="number_minimum(x1, x2)")
def fmin(x1, x2) -> Tensor:
    return rules.binary("fmin", x1, x2)


@op(pivot="bitwise_and(x, y)")
def bitwise_and(x, y) -> Tensor:
    return rules.binary("bitwise_and", x, y)


@op(pivot="bitwise_or(x, y)")
def bitwise_or(x, y) -> Tensor:
    return rules.binary("bitwise_or", x, y)


@op(pivot="bitwise_xor(x, y)")
def bitwise_xor(x, y) -> Tensor:
    return rules.binary("bitwise_xor", x, y)


@op(pivot="greatest_divisor(x1, x2)")
def gcd(x1, x2) -> Tensor:
    return rules.binary("gcd", x1, x2)


@op(pivot="least_multiple(x1, x2)")
def lcm(x1, x2) -> Tensor:
    return rules.binary("lcm", x1, x2)


@op(pivot="multiply(x1, power(2.0, x2))")
def ldexp(x1, x2) -> Tensor:
    return rules.binary("ldexp", x1, x2)


@op(pivot="heaviside(x1, x2)")
def heaviside(x1, x2) -> Tensor:
    return rules.binary("heaviside", x1, x2)


@op
def nextafter(x1, x2) -> Tensor:
    return rules.binary("nextafter", x1, x2)


@op(pivot="shift_left(x, y)")
def bitwise_left_shift(x, y) -> Tensor:
    return rules.binary("bitwise_left_shift", x, y)


@op(pivot="shift_left(x, y)")
def left_shift(x, y) -> Tensor:
    return rules.binary("left_shift", x, y)


@op(pivot="shift_right(x, y)")
def bitwise_right_shift(x, y) -> Tensor:
    return rules.binary("bitwise_right_shift", x, y)


@op(pivot="shift_right(x, y)")
def right_shift(x, y) -> Tensor:
    return rules.binary("right_shift", x, y)


@op(pivot="remainder(x1, x2)")
def mod(x1, x2) -> Tensor:
    dtype = rules.result_dtype(x1, x2)
    return rules.combined("mod", x1, x2, "int32" if dtype == "bool" else dtype)


@op(pivot="divide(x1, x2)")
def divide(x1, x2) -> Tensor:
    return rules.float_binary("divide", x1, x2)


@op(pivot="divide(x1, x2)")
def true_divide(x1, x2) -> Tensor:
    return rules.float_binary("divide", x1, x2)


@op(pivot="atan2(x1, x2)")
def arctan2(x1, x2) -> Tensor:
    return rules.float_binary("arctan2", x1, x2)


@op
def logaddexp(x1, x2) -> Tensor:
    return rules.float_binary("logaddexp", x1, x2)


@op(pivot="log_add_exp2(x1, x2)")
def logaddexp2(x1, x2) -> Tensor:
    return rules.float_binary("logaddexp2", x1, x2)


@op
def hypot(x1, x2) -> Tensor:
    return rules.float_binary("hypot", x1, x2)


@op
def divide_no_nan(x1, x2) -> Tensor:
    return rules.float_binary("divide_no_nan", x1, x2)


@op(pivot="equal(x1, x2)")
def equal(x1, x2) -> Tensor:
    return rules.compared("equal", x1, x2)


@op(pivot="not_equal(x1, x2)")
def not_equal(x1, x2) -> Tensor:
    return rules.compared("not_equal", x1, x2)


@op(pivot="less(x1, x2)")
def less(x1, x2) -> Tensor:
    return rules.compared("less", x1, x2)


@op(pivot="less_equal(x1, x2)")
def less_equal(x1, x2) -> Tensor:
    return rules.compared("less_equal", x1, x2)


@op(pivot="greater(x1, x2)")
def greater(x1, x2) -> Tensor:
    return rules.compared("greater", x1, x2)


@op(pivot="greater_equal(x1, x2)")
def greater_equal(x1, x2) -> Tensor:
    return rules.compared("greater_equal", x1, x2)


@op(pivot="logical_and(x1, x2)")
def logical_and(x1, x2) -> Tensor:
    return rules.compared("logical_and", x1, x2)


@op(pivot="logical_or(x1, x2)")
def logical_or(x1, x2) -> Tensor:
    return rules.compared("logical_or", x1, x2)


@op(pivot="logical_xor(x1, x2)")
def logical_xor(x1, x2) -> Tensor:
    return rules.compared("logical_xor", x1, x2)


@op(pivot="is_close(x1, x2, relative=rtol, absolute=atol, equal_nan=equal_nan)")
def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False) -> Tensor:
    return rules.compared("isclose", x1, x2)


@op(pivot="reduce_sum(x, axes=axis, keepdims=keepdims)")
def sum(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, rules.summed(dtypes.name_of(x)), "sum")


@op(pivot="reduce_product(x, axes=axis, keepdims=keepdims) if dtype is None else None")
def prod(x, axis=None, keepdims=False, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.standardize(dtype) if dtype is not None else rules.summed(dtypes.name_of(x)), "prod")


@op(pivot="reduce_mean(x, axes=axis, keepdims=keepdims)")
def mean(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)), "mean")


@op(pivot="reduce_any(x, axes=axis, keepdims=keepdims)")
def any(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, "bool")


@op(pivot="reduce_all(x, axes=axis, keepdims=keepdims)")
def all(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, "bool")


@op(pivot="reduce_max(x, axes=axis, keepdims=keepdims)")
def amax(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, None)


@op(pivot="reduce_min(x, axes=axis, keepdims=keepdims)")
def amin(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, None)


@op(pivot="nan_sum(x, axes=axis, keepdims=keepdims)")
def nansum(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, rules.summed(dtypes.name_of(x)))


@op(pivot="nan_mean(x, axes=axis, keepdims=keepdims)")
def nanmean(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op
def nanmax(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, None)


@op
def nanmin(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, None)


@op
def nanprod(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, rules.summed(dtypes.name_of(x)))


@op
def nanvar(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op
def nanstd(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op
def median(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op
def ptp(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, None)


@op(pivot="reduce_max(x, axes=axis, keepdims=keepdims) if initial is None else None")
def max(x, axis=None, keepdims=False, initial=None) -> Tensor:
    return rules.reduced(x, axis, keepdims, None, "max" if initial is None else None)


@op(pivot="reduce_min(x, axes=axis, keepdims=keepdims) if initial is None else None")
def min(x, axis=None, keepdims=False, initial=None) -> Tensor:
    return rules.reduced(x, axis, keepdims, None, "min" if initial is None else None)


@op(pivot="variance(x, axes=axis, keepdims=keepdims, correction=0)")
def var(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op(pivot="standard_deviation(x, axes=axis, keepdims=keepdims, correction=0)")
def std(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op(pivot="argmax(x, axis=axis, keepdims=keepdims)")
def argmax(x, axis=None, keepdims=False) -> Tensor:
    return rules.reduced(x, axis, keepdims, "int32")


@op(pivot="argmin(x, axis=axis, keepdims=keepdims)")
def argmin(x, axis=None, keepdims=False) -> Tensor:
    return rules.reduced(x, axis, keepdims, "int32")


@op
def nanargmax(x, axis=None, keepdims=False) -> Tensor:
    return rules.reduced(x, axis, keepdims, "int32")


@op
def nanargmin(x, axis=None, keepdims=False) -> Tensor:
    return rules.reduced(x, axis, keepdims, "int32")


@op(pivot="count_nonzero(x, axes=axis)")
def count_nonzero(x, axis=None) -> Tensor:
    return rules.reduced(x, axis, False, "int32")


@op(pivot="cumulative_sum(x, axis=axis) if axis is not None and dtype is None else None")
def cumsum(x, axis=None, dtype=None) -> Tensor:
    x = rules.convert(x)
    name = dtypes.standardize(dtype) if dtype is not None else dtypes.name_of(x)
    name = "int32" if name == "bool" else name
    if axis is None:
        return rules.like(x, (_count(x.shape),), name)
    normal_dim(axis, len(x.shape))
    return rules.like(x, dtype=name)


@op(pivot="cumulative_product(x, axis=axis) if axis is not None and dtype is None else None")
def cumprod(x, axis=None, dtype=None) -> Tensor:
    x = rules.convert(x)
    name = dtypes.standardize(dtype) if dtype is not None else dtypes.name_of(x)
    name = "int32" if name == "bool" else name
    if axis is None:
        return rules.like(x, (_count(x.shape),), name)
    normal_dim(axis, len(x.shape))
    return rules.like(x, dtype=name)


# --- shape and data movement

@op(pivot="reshape(x, newshape)")
def reshape(x, newshape) -> Tensor:
    return rules.reshaped(x, newshape)


@op(pivot="transpose(x, permutation=axes)")
def transpose(x, axes=None) -> Tensor:
    x = rules.convert(x)
    rank = len(x.shape)
    order = [normal_dim(d, rank) for d in axes] if axes is not None else [rank - 1 - i for i in builtins.range(rank)]
    check(sorted(order) == list(builtins.range(rank)), "axes must be a permutation of the axes of the input", ValueError)
    return rules.permuted(x, order)


@op(pivot="move_axis(x, source, destination)")
def moveaxis(x, source, destination) -> Tensor:
    x = rules.convert(x)
    rank = len(x.shape)
    froms = [normal_dim(d, rank) for d in (source if isinstance(source, (list, tuple)) else [source])]
    tos = [normal_dim(d, rank) for d in (destination if isinstance(destination, (list, tuple)) else [destination])]
    order = [i for i in builtins.range(rank) if i not in froms]
    for to, place in sorted(zip(tos, froms)):
        order.insert(to, place)
    return rules.permuted(x, order)


@op(pivot="swap_axes(x, axis1, axis2)")
def swapaxes(x, axis1, axis2) -> Tensor:
    x = rules.convert(x)
    order = list(builtins.range(len(x.shape)))
    a, b = normal_dim(axis1, len(order)), normal_dim(axis2, len(order))
    order[a], order[b] = order[b], order[a]
    return rules.permuted(x, order)


@op(pivot="expand_dims(x, axis=axis) if isinstance(axis, int) else None")
def expand_dims(x, axis) -> Tensor:
    x = rules.convert(x)
    shape = list(x.shape)
    if isinstance(axis, (list, tuple)):
        rank = len(shape) + len(axis)
        for d in sorted([normal_dim(d, rank) for d in axis]):
            shape = rules.inserted(shape, d, 1)
    else:
        shape = rules.inserted(shape, normal_dim(axis, len(shape) + 1), 1)
    return _nw.view(x, shape, data=_nw.flat(x))


@op(pivot="squeeze(x, axes=axis)")
def squeeze(x, axis=None) -> Tensor:
    x = rules.convert(x)
    if axis is None:
        return _nw.view(x, [size for size in x.shape if size != 1], data=_nw.flat(x))
    axes = rules.axes_of(axis, len(x.shape))
    for d in axes:
        check(x.shape[d] == 1, "Cannot squeeze an axis whose size is not 1.", ValueError)
    return _nw.view(x, [x.shape[i] for i in builtins.range(len(x.shape)) if i not in axes], data=_nw.flat(x))


@op(pivot="flatten(x, start=0, end=-1)")
def ravel(x) -> Tensor:
    x = rules.convert(x)
    return _nw.view(x, (_count(x.shape),), data=_nw.flat(x))


@op(pivot="concatenate(xs, axis=axis)")
def concatenate(xs, axis=0) -> Tensor:
    parts = [rules.convert(x) for x in xs]
    shape = rules.concatenated([x.shape for x in parts], axis)
    return _nw.tensor(shape, rules.result_dtype(*parts), data=rules.joined(parts, normal_dim(axis, len(shape))))


@op(pivot="stack(x, axis=axis)")
def stack(x, axis=0) -> Tensor:
    parts = [rules.convert(one) for one in x]
    first = parts[0]
    for one in parts:
        check(len(one.shape) == len(first.shape), "All inputs must have the same shape.", ValueError)
        for a, b in zip(one.shape, first.shape):
            check(a == b, "All inputs must have the same shape.", ValueError)
    axis = normal_dim(axis, len(first.shape) + 1)
    return _nw.tensor(rules.inserted(first.shape, axis, len(parts)), rules.result_dtype(*parts), data=rules.joined(parts, axis))


@op
def hstack(xs) -> Tensor:
    return concatenate(xs, 0 if len(rules.shape_of(xs[0])) == 1 else 1)


@op
def vstack(xs) -> Tensor:
    return concatenate([expand_dims(x, 0) if len(rules.shape_of(x)) == 1 else x for x in xs], 0)


@op
def dstack(xs) -> Tensor:
    made = []
    for x in xs:
        rank = len(rules.shape_of(x))
        made.append(reshape(x, (1, -1, 1)) if rank == 1 else expand_dims(x, 2) if rank == 2 else x)
    return concatenate(made, 2)


@op
def append(x1, x2, axis=None) -> Tensor:
    if axis is None:
        return concatenate([ravel(x1), ravel(x2)])
    return concatenate([x1, x2], axis)


@op(pivot="split(x, indices_or_sections, axis=axis)")
def split(x, indices_or_sections, axis=0) -> list[Tensor]:
    return _parts(x, indices_or_sections, axis)


@op
def array_split(x, indices_or_sections, axis=0) -> list[Tensor]:
    x = rules.convert(x)
    size = x.shape[normal_dim(axis, len(x.shape))]
    if not isinstance(indices_or_sections, _int):
        return _parts(x, indices_or_sections, axis)
    count = indices_or_sections
    sizes = [size // count + (1 if i < size % count else 0) for i in builtins.range(count)]
    return pieces(x, sizes, normal_dim(axis, len(x.shape)))


def pieces(x, sizes, axis):
    made = []
    start = 0
    for size in sizes:
        data = rules.picked_along(x, axis, list(builtins.range(start, start + size))) if _nw.flat(x) is not None else None
        made.append(_nw.view(x, list(x.shape[:axis]) + [size] + list(x.shape[axis + 1:]), data=data))
        start = start + size
    return made


def _parts(x, sections, axis):
    x = rules.convert(x)
    axis = normal_dim(axis, len(x.shape))
    size = x.shape[axis]
    if isinstance(sections, _int):
        check(size % sections == 0, "Number of splits must evenly divide the dimension.", ValueError)
        return pieces(x, [size // sections] * sections, axis)
    bounds = [0] + list(rules.sizes_of(sections)) + [size]
    return pieces(x, [_clipped(bounds[i + 1], size) - _clipped(bounds[i], size) for i in builtins.range(len(bounds) - 1)], axis)


def _clipped(bound, size):
    if not known(bound) or not known(size):
        return bound
    return builtins.min(bound + size if bound < 0 else bound, size)


@op(pivot="unstack(x, axis=axis)")
def unstack(x, num=None, axis=0) -> list[Tensor]:
    x = rules.convert(x)
    axis = normal_dim(axis, len(x.shape))
    shape = list(x.shape[:axis]) + list(x.shape[axis + 1:])
    return [_nw.view(x, shape, data=rules.picked_along(x, axis, [i])) for i in builtins.range(x.shape[axis] if num is None else num)]


@op(pivot="broadcast_to(x, shape)")
def broadcast_to(x, shape) -> Tensor:
    x = rules.convert(x)
    sizes = rules.sizes_of(shape)
    made = _nw.broadcast(x.shape, sizes)
    check(len(made) == len(sizes), "Cannot broadcast to a shape of lower rank.", ValueError)
    for a, b in zip(made, sizes):
        check(a == b, "Cannot broadcast to this shape.", ValueError)
    return _nw.tensor(made, x.dtype, like=x, data=rules.spread_out(x, made))


@op(pivot="tile(x, repeats)")
def tile(x, repeats) -> Tensor:
    x = rules.convert(x)
    counts = rules.sizes_of(repeats)
    shape = list(x.shape)
    if isinstance(repeats, _int):
        counts = [1] * (len(shape) - 1) + [repeats]
    while len(counts) < len(shape):
        counts = [1] + counts
    while len(shape) < len(counts):
        shape = [1] + shape
    wide = [size * count for size, count in zip(shape, counts)]
    return _nw.tensor(wide, x.dtype, like=x, data=rules.spread_out(x, wide))


@op(pivot="repeat(x, count=repeats, axis=axis) if isinstance(repeats, int) else None")
def repeat(x, repeats, axis=None) -> Tensor:
    x = rules.convert(x) if axis is not None else rules.reshaped(x, (-1,))
    axis = normal_dim(axis, len(x.shape)) if axis is not None else 0
    shape = list(x.shape)
    shape[axis] = shape[axis] * repeats if isinstance(repeats, _int) else _total(repeats)
    data = _nw.flat(x) if isinstance(repeats, _int) else None
    if data is not None:
        data = rules.picked_along(x, axis, [i for i in builtins.range(x.shape[axis]) for k in builtins.range(repeats)])
    return _nw.tensor(shape, x.dtype, like=x, data=data)


def _total(repeats):
    data = _nw.flat(rules.convert(repeats))
    return builtins.sum(data) if data is not None else _nw.unknown("how often elements are repeated")


@op(pivot="flip(x, axes=axis)")
def flip(x, axis=None) -> Tensor:
    x = rules.convert(x)
    axes = rules.axes_of(axis, len(x.shape))
    data = _nw.flat(x)
    if data is not None:
        places = [list(builtins.range(size)) for size in x.shape]
        data = rules.picked(x, [places[i][::-1] if i in axes else places[i] for i in builtins.range(len(places))])
    return _nw.tensor(x.shape, x.dtype, like=x, data=data)


@op
def fliplr(x) -> Tensor:
    return rules.same(x)


@op
def flipud(x) -> Tensor:
    return rules.same(x)


@op(pivot="roll(x, shifts=shift, axes=axis)")
def roll(x, shift, axis=None) -> Tensor:
    return rules.same(x)


@op
def rot90(array, k=1, axes=(0, 1)) -> Tensor:
    x = rules.convert(array)
    shape = list(x.shape)
    if k % 2:
        a, b = normal_dim(axes[0], len(shape)), normal_dim(axes[1], len(shape))
        shape[a], shape[b] = shape[b], shape[a]
    return rules.like(x, shape)


@op(pivot="slice(x, key) if is_basic(key) else None")
def get_item(x, key) -> Tensor:
    from keras.src.operators import indexed
    return indexed(rules.convert(x), key)


@op(pivot="take(x, indices, axis=axis) if axis is not None else take(reshape(x, (-1,)), indices, axis=0)")
def take(x, indices, axis=None) -> Tensor:
    x, index = rules.convert(x), rules.convert(indices)
    if axis is None:
        return rules.like(x, index.shape)
    axis = normal_dim(axis, len(x.shape))
    places = _nw.flat(index) if _nw.flat(x) is not None else None
    if places is not None and [place for place in places if place < -x.shape[axis] or place >= x.shape[axis]]:
        places = None
    data = rules.picked_along(x, axis, [place % x.shape[axis] for place in places]) if places is not None else None
    return _nw.tensor(list(x.shape[:axis]) + list(index.shape) + list(x.shape[axis + 1:]), x.dtype, like=x, data=data)


@op(pivot="take_along(x, indices, axis=axis) if axis is not None else None")
def take_along_axis(x, indices, axis=None) -> Tensor:
    x, index = rules.convert(x), rules.convert(indices)
    if axis is None:
        return rules.like(x, index.shape)
    check(len(x.shape) == len(index.shape), "`x` and `indices` must have the same number of dimensions", ValueError)
    axis = normal_dim(axis, len(x.shape))
    shape = list(_nw.broadcast([1 if i == axis else x.shape[i] for i in builtins.range(len(x.shape))], [1 if i == axis else index.shape[i] for i in builtins.range(len(x.shape))]))
    shape[axis] = index.shape[axis]
    return rules.like(x, shape)


@op(pivot="where(condition, x1, x2) if x1 is not None else None", result="Tensor if x1 is not None else Any")
def where(condition, x1=None, x2=None) -> Any:
    if x1 is None and x2 is None:
        return _nonzero(condition)
    check(x1 is not None and x2 is not None, "`x1` and `x2` either both should be `None` or both should have non-None value.", ValueError)
    shape = rules.broadcast(condition, x1, x2)
    parts = [rules.spread_out(rules.convert(x), shape) for x in (condition, x1, x2)]
    return _nw.tensor(shape, rules.result_dtype(x1, x2), data=None if None in parts else [a if flag else b for flag, a, b in zip(*parts)])


def _nonzero(x):
    x = rules.convert(x)
    data = _nw.flat(x)
    count = _nw.unknown("how many elements are not zero", number=True) if data is None else len([1 for value in data if value])
    return tuple([_nw.tensor((count,), "int32") for i in builtins.range(len(x.shape))])


@op
def nonzero(x) -> Any:
    return _nonzero(x)


@op(pivot="pad(x, widths=pad_width, mode=mode, value=0 if constant_values is None else constant_values) if mode == 'constant' else pad(x, widths=pad_width, mode='reflect') if mode == 'reflect' else None")
def pad(x, pad_width, mode="constant", constant_values=None) -> Tensor:
    x = rules.convert(x)
    check(constant_values is None or mode == "constant", "Argument `constant_values` can only be provided when `mode == 'constant'`.", ValueError)
    rank = len(x.shape)
    if isinstance(pad_width, _int):
        widths = [(pad_width, pad_width)]
    elif isinstance(pad_width[0], _int):
        widths = [tuple(pad_width)]
    else:
        widths = [tuple(one) for one in pad_width]
    check(len(widths) == rank, "`pad_width` must have one pair for each axis.", ValueError)
    check(not [width for pair in widths for width in pair if known(width) and width < 0], "Paddings must be non-negative", ValueError)
    return rules.like(x, [size + before + after for size, (before, after) in zip(x.shape, widths)])


@op(pivot="clip(x, low=x_min, high=x_max)")
def clip(x, x_min, x_max) -> Tensor:
    x = rules.convert(x)
    name = dtypes.name_of(x)
    name = "int32" if name == "bool" else name
    for bound in (x_min, x_max):
        if isinstance(bound, _float) and known(name) and dtypes.is_integer(name):
            raise TypeError("Cannot convert a number to EagerTensor of dtype " + name)
    shape = rules.broadcast(x, 0.0 if x_min is None else x_min, 0.0 if x_max is None else x_max)
    if len(shape) == len(x.shape) and isinstance(x_min, (_int, _float, type(None))) and isinstance(x_max, (_int, _float, type(None))):
        return rules.each(x, lambda value: _within(value, x_min, x_max), name)
    return rules.like(x, shape, name)


def _within(value, low, high):
    value = value if low is None or value >= low else low
    return value if high is None or value <= high else high


@op(pivot="sort(x, axis=axis, descending=False)")
def sort(x, axis=-1) -> Tensor:
    return rules.same(x)


@op(pivot="argsort(x, axis=axis, descending=False) if axis is not None else None")
def argsort(x, axis=-1) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, (_count(x.shape),) if axis is None else None, "int32")


@op(pivot="triangle_lower(x, diagonal=k)")
def tril(x, k=0) -> Tensor:
    x = rules.convert(x)
    return _nw.tensor(x.shape, x.dtype, like=x, data=rules.banded(x, None, k))


@op(pivot="triangle_upper(x, diagonal=k)")
def triu(x, k=0) -> Tensor:
    x = rules.convert(x)
    return _nw.tensor(x.shape, x.dtype, like=x, data=rules.banded(x, -k, None))


@op(pivot="diagonal(x, offset=offset, axis1=axis1, axis2=axis2)")
def diagonal(x, offset=0, axis1=0, axis2=1) -> Tensor:
    x = rules.convert(x)
    a, b = normal_dim(axis1, len(x.shape)), normal_dim(axis2, len(x.shape))
    rows, columns = x.shape[a], x.shape[b]
    count = builtins.max(0, builtins.min(rows + builtins.min(offset, 0), columns - builtins.max(offset, 0)))
    return rules.like(x, [x.shape[i] for i in builtins.range(len(x.shape)) if i not in (a, b)] + [count])


@op
def diag(x, k=0) -> Tensor:
    x = rules.convert(x)
    if len(x.shape) == 1:
        size = x.shape[0] + builtins.abs(k)
        return rules.like(x, (size, size))
    rows, columns = x.shape[0], x.shape[1]
    return rules.like(x, (builtins.max(0, builtins.min(rows + builtins.min(k, 0), columns - builtins.max(k, 0))),))


@op(pivot="diagonal_embed(reshape(x, (-1,)), k)")
def diagflat(x, k=0) -> Tensor:
    x = rules.convert(x)
    size = _count(x.shape) + builtins.abs(k)
    return rules.like(x, (size, size))


@op(pivot="reduce_sum(diagonal(x, offset, axis1, axis2), axes=-1)")
def trace(x, offset=0, axis1=0, axis2=1) -> Tensor:
    x = rules.convert(x)
    a, b = normal_dim(axis1, len(x.shape)), normal_dim(axis2, len(x.shape))
    return rules.like(x, [x.shape[i] for i in builtins.range(len(x.shape)) if i not in (a, b)], rules.summed(dtypes.name_of(x)))


@op
def diff(a, n=1, axis=-1) -> Tensor:
    x = rules.convert(a)
    shape = list(x.shape)
    axis = normal_dim(axis, len(shape))
    shape[axis] = shape[axis] - n
    data = _nw.flat(x) if len(shape) == 1 else None
    if data is not None:
        for turn in builtins.range(n):
            data = [after - before for before, after in zip(data[:-1], data[1:])]
    return _nw.tensor(shape, x.dtype, like=x, data=data)


@op(pivot="mesh_grid(x, indexing=indexing)")
def meshgrid(*x, indexing="xy") -> list[Tensor]:
    parts = [rules.convert(one) for one in x]
    sizes = [_count(one.shape) for one in parts]
    if indexing == "xy" and len(sizes) > 1:
        sizes[0], sizes[1] = sizes[1], sizes[0]
    made = []
    for i in builtins.range(len(parts)):
        axis = 1 - i if indexing == "xy" and len(sizes) > 1 and i < 2 else i
        column = rules.reshaped(parts[i], [sizes[axis] if k == axis else 1 for k in builtins.range(len(sizes))])
        made.append(_nw.tensor(sizes, parts[i].dtype, like=parts[i], data=rules.spread_out(column, sizes)))
    return made


# --- contractions

@op(pivot="matmul(x1, x2)")
def matmul(x1, x2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    dtype = "int32" if dtypes.name_of(a) == "int8" and dtypes.name_of(b) == "int8" else rules.result_dtype(a, b)
    return _nw.tensor(rules.matmul_shape(a.shape, b.shape), dtype)


@op(pivot="einsum(subscripts, *operands)")
def einsum(subscripts, *operands, **kwargs) -> Tensor:
    parts = [rules.convert(x) for x in operands]
    return _nw.tensor(rules.einsum_shape(subscripts, [x.shape for x in parts], rules.einsum_batches(subscripts)), rules.result_dtype(*parts))


@op(pivot="matmul(x1, x2) if x1.ndim > 0 and 0 < x2.ndim <= 2 else multiply(x1, x2) if x1.ndim == 0 or x2.ndim == 0 else tensordot(x1, x2, axes=((x1.ndim - 1,), (x2.ndim - 2,)))")
def dot(x1, x2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    dtype = rules.result_dtype(a, b)
    if len(a.shape) == 0 or len(b.shape) == 0:
        return _nw.tensor(_nw.broadcast(a.shape, b.shape), dtype)
    place = builtins.max(len(b.shape) - 2, 0)
    check(a.shape[-1] == b.shape[place], "Inner dimensions must match.", ValueError)
    return _nw.tensor(list(a.shape[:-1]) + [b.shape[i] for i in builtins.range(len(b.shape)) if i != place], dtype)


@op
def vdot(x1, x2) -> Tensor:
    return _nw.tensor((), rules.result_dtype(x1, x2))


@op(pivot="multiply(x1, x2) if x1.ndim == 0 or x2.ndim == 0 else tensordot(x1, x2, axes=((x1.ndim - 1,), (x2.ndim - 1,)))")
def inner(x1, x2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    return _nw.tensor(list(a.shape[:-1]) + list(b.shape[:-1]), rules.result_dtype(a, b))


@op(pivot="outer(x1, x2) if x1.ndim == 1 and x2.ndim == 1 else None")
def outer(x1, x2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    return _nw.tensor((_count(a.shape), _count(b.shape)), rules.result_dtype(a, b))


@op
def kron(x1, x2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    return _nw.tensor([m * n for m, n in zip(a.shape, b.shape)], rules.result_dtype(a, b))


@op(pivot="tensordot(x1, x2, axes=axes)")
def tensordot(x1, x2, axes=2) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    if isinstance(axes, _int):
        left = list(builtins.range(len(a.shape) - axes, len(a.shape)))
        right = list(builtins.range(axes))
    else:
        left = [normal_dim(d, len(a.shape)) for d in (axes[0] if isinstance(axes[0], (list, tuple)) else [axes[0]])]
        right = [normal_dim(d, len(b.shape)) for d in (axes[1] if isinstance(axes[1], (list, tuple)) else [axes[1]])]
    for m, n in zip(left, right):
        check(a.shape[m] == b.shape[n], "Inner dimensions must match.", ValueError)
    shape = [a.shape[i] for i in builtins.range(len(a.shape)) if i not in left] + [b.shape[i] for i in builtins.range(len(b.shape)) if i not in right]
    return _nw.tensor(shape, rules.result_dtype(a, b))


@op
def cross(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None) -> Tensor:
    a, b = rules.convert(x1), rules.convert(x2)
    if axis is not None:
        axisa = axisb = axisc = axis
    shapes = [list(a.shape), list(b.shape)]
    sizes = [shapes[0].pop(normal_dim(axisa, len(a.shape))), shapes[1].pop(normal_dim(axisb, len(b.shape)))]
    if sizes != [3, 3]:
        return rules.binary("cross", x1, x2)
    shape = _nw.broadcast(shapes[0], shapes[1])
    return _nw.tensor(rules.inserted(shape, normal_dim(axisc, len(shape) + 1), 3), rules.result_dtype(a, b))


@op
def average(x, axis=None, weights=None) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, False, dtypes.inexact(dtypes.name_of(x)))


def _quantiles(x, q, axis, keepdims):
    x, q = rules.convert(x), rules.convert(q)
    made = rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))
    return rules.like(made, list(q.shape) + list(made.shape))


@op(pivot="quantile(x, q=q, axis=axis, keepdims=keepdims, method=method)")
def quantile(x, q, axis=None, method="linear", keepdims=False) -> Tensor:
    return _quantiles(x, q, axis, keepdims)


@op
def percentile(x, q, axis=None, method="linear", keepdims=False) -> Tensor:
    return _quantiles(x, q, axis, keepdims)


@op
def nanquantile(x, q, axis=None, method="linear", keepdims=False) -> Tensor:
    return _quantiles(x, q, axis, keepdims)


@op
def nanpercentile(x, q, axis=None, method="linear", keepdims=False) -> Tensor:
    return _quantiles(x, q, axis, keepdims)


@op(pivot="replace_not_finite(x, nan=nan, positive=posinf, negative=neginf)")
def nan_to_num(x, nan=0.0, posinf=None, neginf=None) -> Tensor:
    return rules.same(x)


@op
def select(condlist, choicelist, default=0) -> Tensor:
    return _nw.tensor(rules.broadcast(*condlist, *choicelist), rules.result_dtype(*choicelist, default))


@op
def digitize(x, bins) -> Tensor:
    return rules.like(rules.convert(x), dtype="int32")


@op
def searchsorted(sorted_sequence, values, side="left") -> Tensor:
    return rules.like(rules.convert(values), dtype="int32")


@op
def bincount(x, weights=None, minlength=0, sparse=False) -> Tensor:
    return _nw.tensor((_nw.unknown("the number of bins"),), "int32")


@op
def histogram(x, bins=10, range=None) -> Any:
    x = rules.convert(x)
    return _nw.tensor((bins,), dtypes.name_of(x)), _nw.tensor((bins + 1,), dtypes.name_of(x))


@op
def unravel_index(indices, shape) -> Any:
    return tuple([rules.like(rules.convert(indices)) for size in shape])


@op
def corrcoef(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, (x.shape[0], x.shape[0]) if len(x.shape) > 1 else ())


@op
def correlate(x1, x2, mode="valid") -> Tensor:
    a, b = rules.shape_of(x1)[0], rules.shape_of(x2)[0]
    size = builtins.max(a, b) if mode == "same" else a + b - 1 if mode == "full" else builtins.max(a, b) - builtins.min(a, b) + 1
    return _nw.tensor((size,), rules.result_dtype(x1, x2))


@op
def vectorize(pyfunc, *, excluded=None, signature=None) -> Any:
    return _nw.unknown("a vectorized function")


@op
def slogdet(x) -> Any:
    x = rules.convert(x)
    return rules.like(x, x.shape[:-2]), rules.like(x, x.shape[:-2])


def shape(x):
    return tuple(x.shape)


def size(x):
    return _count(rules.shape_of(x))


def ndim(x):
    return len(rules.shape_of(x))


# --- creation

@op(pivot="zeros(shape, dtype=dtype)")
def zeros(shape, dtype=None) -> Tensor:
    return _filled(shape, dtypes.standardize(dtype), 0)


@op(pivot="ones(shape, dtype=dtype)")
def ones(shape, dtype=None) -> Tensor:
    return _filled(shape, dtypes.standardize(dtype), 1)


@op(pivot="zeros(shape, dtype=dtype)")
def empty(shape, dtype=None) -> Tensor:
    return _nw.tensor(rules.sizes_of(shape), dtypes.standardize(dtype))


@op(pivot="full(shape, fill_value, dtype=dtype)")
def full(shape, fill_value, dtype=None) -> Tensor:
    return _filled(shape, dtypes.standardize(dtype), _nw.constant(rules.convert(fill_value)))


def _filled(shape, dtype, value):
    sizes = rules.sizes_of(shape)
    small = value is not None and builtins.all([known(one) for one in sizes]) and _count(sizes) <= rules.COMPUTED
    return _nw.tensor(sizes, dtype, data=[value] * _count(sizes) if small else None)


@op(pivot="zeros(x.shape, dtype=dtype)")
def zeros_like(x, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.standardize(dtype) if dtype is not None else None)


@op(pivot="ones(x.shape, dtype=dtype)")
def ones_like(x, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.standardize(dtype) if dtype is not None else None)


@op
def empty_like(x, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, dtype=dtypes.standardize(dtype) if dtype is not None else None)


@op(pivot="full(x.shape, fill_value, dtype=dtype)")
def full_like(x, fill_value, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, rules.broadcast(x, fill_value), dtypes.standardize(dtype) if dtype is not None else None)


@op(pivot="range(0 if stop is None else start, start if stop is None else stop, 1 if step is None else step, dtype=dtype)")
def arange(start, stop=None, step=None, dtype=None) -> Tensor:
    if dtype is None:
        dtype = rules.result_dtype(*[x for x in (start, stop, step) if x is not None])
    if stop is None:
        start, stop = 0, start
    step = 1 if step is None else step
    start, stop, step = _number(start), _number(stop), _number(step)
    if not known(start) or not known(stop) or not known(step):
        return _nw.tensor(((stop - start + step - 1) // step,), dtypes.standardize(dtype))
    import math
    count = builtins.max(0, math.ceil((stop - start) / step))
    data = [start + i * step for i in builtins.range(count)] if count <= rules.COMPUTED else None
    return _nw.tensor((count,), dtypes.standardize(dtype), data=data)


def _number(x):
    if _nw.is_tensor(x):
        value = _nw.constant(x)
        return value if value is not None else _nw.unknown("a number that a tensor holds")
    return x


@op(pivot="linear_space(start, stop, count=num, dtype=dtype) if endpoint and not retstep and axis == 0 else None", result="(Tensor, Tensor) if retstep else Tensor")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0) -> Any:
    name = dtypes.standardize(dtype) if dtype is not None else dtypes.inexact(rules.result_dtype(start, stop))
    shape = list(rules.broadcast(start, stop))
    first, last, num = _number(start), _number(stop), _number(num)
    data = None
    if not shape and known(num) and num <= rules.COMPUTED and known(first) and known(last) and dtypes.is_float(name):
        parts = num - 1 if endpoint else num
        step = (last - first) / parts if parts else 0.0
        data = [last if endpoint and i == num - 1 and num > 1 else first + i * step for i in builtins.range(num)]
    made = _nw.tensor(rules.inserted(shape, normal_dim(axis, len(shape) + 1), num), name, data=data)
    return (made, _nw.tensor(shape, name)) if retstep else made


@op
def logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0) -> Tensor:
    steps = linspace(start, stop, num, endpoint, False, dtype, axis)
    powers = _nw.flat(steps)
    return _nw.tensor(steps.shape, like=steps, data=None if powers is None else [float(base) ** one for one in powers])


@op
def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0) -> Tensor:
    shape = list(rules.broadcast(start, stop))
    return _nw.tensor(rules.inserted(shape, normal_dim(axis, len(shape) + 1), num), dtypes.standardize(dtype) if dtype is not None else dtypes.inexact(rules.result_dtype(start, stop)))


@op(pivot="eye(N, N if M is None else M, dtype=dtype) if k == 0 else None")
def eye(N, M=None, k=0, dtype=None) -> Tensor:
    M = N if M is None else M
    small = known(N) and known(M) and N * M <= rules.COMPUTED
    return _nw.tensor((N, M), dtypes.standardize(dtype), data=[1 if j - i == k else 0 for i in builtins.range(N) for j in builtins.range(M)] if small else None)


@op(pivot="eye(n, n, dtype=dtype)")
def identity(n, dtype=None) -> Tensor:
    return _nw.tensor((n, n), dtypes.standardize(dtype))


@op
def tri(N, M=None, k=0, dtype=None) -> Tensor:
    columns = N if M is None else M
    computed = known(N) and known(columns) and known(k) and N * columns <= rules.COMPUTED
    data = [1 if j - i <= k else 0 for i in builtins.range(N) for j in builtins.range(columns)] if computed else None
    return _nw.tensor((N, columns), dtypes.standardize(dtype), data=data)


@op
def hamming(x) -> Tensor:
    return _nw.tensor((x,), state.settings["floatx"])


@op
def hanning(x) -> Tensor:
    return _nw.tensor((x,), state.settings["floatx"])


@op
def bartlett(x) -> Tensor:
    return _nw.tensor((x,), state.settings["floatx"])


@op
def blackman(x) -> Tensor:
    return _nw.tensor((x,), state.settings["floatx"])


@op
def kaiser(x, beta) -> Tensor:
    return _nw.tensor((x,), state.settings["floatx"])


@op(pivot="constant(x, dtype=dtype)")
def array(x, dtype=None) -> Tensor:
    return rules.convert(x, dtype)


@op
def view(x, dtype=None) -> Tensor:
    return rules.like(rules.convert(x), dtype=dtypes.standardize(dtype))


@op(pivot="identity(x)")
def copy(x) -> Tensor:
    return rules.same(x)


@op(pivot="truncated_remainder(x1, x2)")
def fmod(x1, x2) -> Tensor:
    dtype = rules.result_dtype(x1, x2)
    return rules.combined("fmod", x1, x2, "int32" if dtype == "bool" else dtype)


@op(pivot="abs(x)")
def fabs(x) -> Tensor:
    return rules.real(x)


@op
def allclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False) -> Tensor:
    return _nw.tensor((), "bool")


@op
def argpartition(x, kth, axis=-1) -> Tensor:
    return rules.like(rules.convert(x), dtype="int32")


@op(pivot="distance(x, y, order=2)")
def cdist(x, y) -> Tensor:
    a, b = rules.convert(x), rules.convert(y)
    check(a.shape[-1] == b.shape[-1], "x and y must have vectors of one size", ValueError)
    return _nw.tensor(list(_nw.broadcast(a.shape[:-2], b.shape[:-2])) + [a.shape[-2], b.shape[-2]], rules.result_dtype(a, b))


@op
def hsplit(x, indices_or_sections) -> list[Tensor]:
    return _parts(x, indices_or_sections, 0 if len(rules.shape_of(x)) == 1 else 1)


@op
def vsplit(x, indices_or_sections) -> list[Tensor]:
    return _parts(x, indices_or_sections, 0)


@op
def dsplit(x, indices_or_sections) -> list[Tensor]:
    return _parts(x, indices_or_sections, 2)


@op(pivot="is_in(x1, x2, invert=invert)")
def isin(x1, x2, assume_unique=False, invert=False) -> Tensor:
    return rules.truth(x1)


@op
def logdet(x) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, x.shape[:-2])


@op
def nancumsum(x, axis=None, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, (_count(x.shape),) if axis is None else None, dtypes.standardize(dtype) if dtype is not None else None)


@op
def nancumprod(x, axis=None, dtype=None) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, (_count(x.shape),) if axis is None else None, dtypes.standardize(dtype) if dtype is not None else None)


@op
def nanmedian(x, axis=None, keepdims=False) -> Tensor:
    x = rules.convert(x)
    return rules.reduced(x, axis, keepdims, dtypes.inexact(dtypes.name_of(x)))


@op(pivot="rearrange(tensor, pattern, axes_lengths)")
def rearrange(tensor, pattern, **axes_lengths) -> Tensor:
    return _nw.tensor(None, dtypes.name_of(rules.convert(tensor)))


@op(pivot="trapezoid(y, x, spacing=dx, axis=axis)")
def trapezoid(y, x=None, dx=1.0, axis=-1) -> Tensor:
    y = rules.convert(y)
    return rules.reduced(y, axis, False, dtypes.inexact(dtypes.name_of(y)))


@op
def unique(x, sorted=True, return_index=False, return_inverse=False, return_counts=False, axis=None, size=None, fill_value=None) -> Any:
    x = rules.convert(x)
    data = _nw.flat(x)
    if axis is not None or return_index or size is not None:
        return _nw.unknown("the different elements of a tensor")
    count = _nw.unknown("how many different elements there are")
    found, places, counts = None, None, None
    if data is not None and len(data) <= rules.COMPUTED:
        found, places, counts = rules.distinct(data)
        count = len(found)
    results = [_nw.tensor((count,), dtypes.name_of(x), data=found)]
    if return_inverse:
        results.append(_nw.tensor(x.shape, "int32", data=places))
    if return_counts:
        results.append(_nw.tensor((count,), "int32", data=counts))
    return results[0] if len(results) == 1 else tuple(results)


@op
def vander(x, N=None, increasing=False) -> Tensor:
    x = rules.convert(x)
    return rules.like(x, (x.shape[0], x.shape[0] if N is None else N))


def jvp(fun, primals, tangents, has_aux=False):
    return _nw.unknown("a derivative")
