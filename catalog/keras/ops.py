"""keras.ops: the functions beside the layers of the first rows."""
from __future__ import annotations

import builtins

import _nw
from _nw import check, normal_dim, op
from keras import _rules as rules
from keras.activations import elu, hard_sigmoid, hard_silu, leaky_relu, log_softmax, mish, relu6, selu, sigmoid, silu, softplus, softsign, tanh
from torch import _rules as shapes


@op(pivot="relu(x)")
def relu(x) -> Tensor:
    return rules.like(x)


@op(pivot="gelu(x, form='tanh') if approximate else gelu(x, form='erf')")
def gelu(x, approximate=True) -> Tensor:
    return rules.like(x)


@op(pivot="softmax(x, axis=axis) if axis is not None else None")
def softmax(x, axis=-1) -> Tensor:
    return rules.like(x)


@op(pivot="matmul(x1, x2)")
def matmul(x1, x2) -> Tensor:
    return _nw.tensor(shapes.matmul_shape(x1.shape, x2.shape), _nw.promote(x1, x2), like=x1)


@op(pivot="einsum(subscripts, *operands)")
def einsum(subscripts, *operands, **kwargs) -> Tensor:
    return _nw.tensor(shapes.einsum_shape(subscripts, [t.shape for t in operands]), _nw.promote(*operands), like=operands[0])


@op(pivot="add(x1, x2)")
def add(x1, x2) -> Tensor:
    return shapes.binary(x1, x2)


@op(pivot="subtract(x1, x2)")
def subtract(x1, x2) -> Tensor:
    return shapes.binary(x1, x2)


@op(pivot="multiply(x1, x2)")
def multiply(x1, x2) -> Tensor:
    return shapes.binary(x1, x2)


@op(pivot="divide(x1, x2)")
def divide(x1, x2) -> Tensor:
    return shapes.real_binary(x1, x2)


@op(pivot="reshape(x, newshape)")
def reshape(x, newshape) -> Tensor:
    return _nw.view(x, _nw.reshaped(x.shape, (newshape,) if isinstance(newshape, builtins.int) else tuple(newshape)))


@op(pivot="transpose(x, permutation=axes)")
def transpose(x, axes=None) -> Tensor:
    order = [normal_dim(d, x.ndim) for d in axes] if axes is not None else [x.ndim - 1 - i for i in builtins.range(x.ndim)]
    return shapes.transposed(x, order)


@op(pivot="concatenate(xs, axis=axis)")
def concatenate(xs, axis=0) -> Tensor:
    return _nw.tensor(shapes.concatenated([x.shape for x in xs], axis, "concatenate"), _nw.promote(*xs), like=xs[0])


@op(pivot="stack(x, axis=axis)")
def stack(x, axis=0) -> Tensor:
    first = x[0]
    return _nw.tensor(shapes.inserted(first.shape, normal_dim(axis, first.ndim + 1), len(x)), _nw.promote(*x), like=first)


@op(pivot="expand_dims(x, axis=axis)")
def expand_dims(x, axis) -> Tensor:
    return _nw.view(x, shapes.inserted(x.shape, normal_dim(axis, x.ndim + 1), 1))


@op(pivot="squeeze(x, axes=axis)")
def squeeze(x, axis=None) -> Tensor:
    axes = shapes.axes_of(axis, x.ndim)
    return _nw.view(x, [x.shape[i] for i in builtins.range(x.ndim) if i not in axes or (axis is None and x.shape[i] != 1)])


@op(pivot="reduce_mean(x, axes=axis, keepdims=keepdims)")
def mean(x, axis=None, keepdims=False) -> Tensor:
    return shapes.reduced(x, axis, keepdims, shapes.inexact(x.dtype))


@op(pivot="reduce_sum(x, axes=axis, keepdims=keepdims)")
def sum(x, axis=None, keepdims=False) -> Tensor:
    return shapes.reduced(x, axis, keepdims, x.dtype)


@op(pivot="reduce_max(x, axes=axis, keepdims=keepdims)")
def max(x, axis=None, keepdims=False, initial=None) -> Tensor:
    return shapes.reduced(x, axis, keepdims, x.dtype)


@op(pivot="cast(x, dtype)")
def cast(x, dtype) -> Tensor:
    return _nw.tensor(x.shape, _nw.DType(dtype) if isinstance(dtype, str) else dtype, like=x)


@op(pivot="where(condition, x1, x2)")
def where(condition, x1=None, x2=None) -> Tensor:
    check(x1 is not None and x2 is not None, "x1 and x2 either both should be `None` or both should have non-None value.", ValueError)
    shape = _nw.broadcast(condition.shape, shapes.shape_of(x1), shapes.shape_of(x2))
    return _nw.tensor(shape, _nw.promote(x1, x2), like=condition)


def shape(x):
    return tuple(x.shape)


@op(pivot="convolution(inputs[n, ..., c], kernel=kernel[..., i, o], stride=strides, padding=padding, dilation=dilation_rate) if data_format != 'channels_first' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], stride=strides, padding=padding, dilation=dilation_rate)")
def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1) -> Tensor:
    data_format = "channels_last" if data_format is None else data_format
    rank = inputs.ndim - 2
    sizes = rules.windows(inputs.shape, kernel.shape[:-2], rules.numbers(strides, rank), rules.numbers(dilation_rate, rank), padding, data_format)
    return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, kernel.shape[-1], data_format))


@op(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding) if data_format != 'channels_first' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding)")
def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None) -> Tensor:
    data_format = "channels_last" if data_format is None else data_format
    rank = inputs.ndim - 2
    size = rules.numbers(pool_size, rank)
    sizes = rules.windows(inputs.shape, size, size if strides is None else rules.numbers(strides, rank), (1,) * rank, padding, data_format)
    return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, data_format), data_format))
