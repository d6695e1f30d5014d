"""keras.ops: conversion, indexing and control."""
from __future__ import annotations

import builtins

import _nw
from _nw import check, known, normal_dim, op
from keras.src import conversion, dtypes, rules, symbolic, tree
from keras.src.conversion import is_tensor

__public__ = "keras.ops"


@op(pivot="cast(x, dtype)")
def cast(x, dtype) -> Tensor:
    dtype = dtypes.standardize(dtype)
    return conversion.to_tensor(conversion.to_tensor(x), dtype) if not _nw.is_tensor(x) else _nw.tensor(x.shape, dtype, like=x, data=_nw.flat(x))


@op(pivot="cast(x, dtype)")
def saturate_cast(x, dtype) -> Tensor:
    return rules.like(rules.convert(x), dtype=dtypes.standardize(dtype))


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    if symbolic.is_symbolic(x):
        return x if dtype is None or x.dtype == dtypes.standardize(dtype) else cast(x, dtype)
    if is_tensor(x) and (dtype is None or dtypes.name_of(x) == dtypes.standardize(dtype)):
        return x
    return cast(x, dtype) if is_tensor(x) else _constant(x, dtype)


@op(pivot="constant(x, dtype=dtype)")
def _constant(x, dtype=None) -> Tensor:
    return conversion.to_tensor(x, dtype)


def convert_to_numpy(x):
    from numpy import array, ndarray
    x = conversion.to_tensor(x)
    data = _nw.constant(x)
    if data is not None:
        return array(data, dtype=dtypes.name_of(x))
    return ndarray(tuple(x.shape), dtypes.name_of(x))


def shape(x):
    if symbolic.is_symbolic(x):
        return x.shape
    return tuple(rules.convert(x).shape)


def dtype(x):
    return dtypes.name_of(x)


@op(pivot="stop_gradient(variable)")
def stop_gradient(variable) -> Tensor:
    return rules.same(variable)


@op
def scatter(indices, values, shape) -> Tensor:
    return rules.like(rules.convert(values), rules.sizes_of(shape))


@op
def scatter_update(inputs, indices, updates, reduction=None) -> Tensor:
    return rules.same(inputs)


def slice(inputs, start_indices, shape):
    x = rules.convert(inputs) if not symbolic.is_symbolic(inputs) else inputs
    check(len(shape) == len(x.shape), "The number of dimensions of `shape` must be that of `inputs`", ValueError)
    return x[tuple([builtins.slice(start, None if size == -1 else start + size) for start, size in zip(start_indices, shape)])]


@op
def slice_update(inputs, start_indices, updates) -> Tensor:
    return rules.same(inputs)


@op(pivot="unstack(x, axis=axis)")
def unstack(x, num=None, axis=0) -> list[Tensor]:
    x = rules.convert(x)
    axis = normal_dim(axis, len(x.shape))
    shape = list(x.shape[:axis]) + list(x.shape[axis + 1:])
    return [_nw.view(x, shape) for i in range(x.shape[axis] if num is None else num)]


def cond(pred, true_fn, false_fn):
    if _nw.is_tensor(pred):
        pred = bool(pred)
    return true_fn() if pred else false_fn()


def switch(index, branches, *operands):
    value = _nw.constant(index) if _nw.is_tensor(index) else index
    return branches[value if 0 <= value < len(branches) else -1](*operands) if value is not None else _nw.unknown("a branch that a tensor chooses")


def while_loop(cond, body, loop_vars, maximum_iterations=None):
    many = isinstance(loop_vars, (list, tuple))
    values = tuple(loop_vars) if many else (loop_vars,)
    count = 0
    while maximum_iterations is None or count < maximum_iterations:
        more = cond(*values)
        if _nw.is_tensor(more) and _nw.constant(more) is None:
            return _nw.unknown("a loop whose length tensors decide")
        if not more:
            break
        made = body(*values)
        values = tuple(made) if isinstance(made, (list, tuple)) else (made,)
        count += 1
    values = tuple([convert_to_tensor(value) for value in values])
    return values if many else values[0]


def fori_loop(lower, upper, body_fun, init_val):
    value = init_val
    for i in range(lower, upper):
        value = body_fun(i, value)
    return value


def map(f, xs):
    parts = [f(tree.map_structure(lambda x: x[i], xs)) for i in range(tree.flatten(xs)[0].shape[0])]
    from keras.src.ops.numpy import stack
    return tree.map_structure(lambda *each: stack(list(each)), *parts)


vectorized_map = map


def scan(f, init, xs=None, length=None, reverse=False, unroll=1):
    from keras.src.ops.numpy import stack
    count = tree.flatten(xs)[0].shape[0] if xs is not None else length
    carry = init
    made = []
    order = list(range(count))
    for i in reversed(order) if reverse else order:
        carry, y = f(carry, tree.map_structure(lambda x: x[i], xs) if xs is not None else None)
        made.append(y)
    if reverse:
        made = list(reversed(made))
    return carry, tree.map_structure(lambda *each: stack(list(each)), *made)


def associative_scan(f, elems, reverse=False, axis=0):
    return _nw.unknown("an associative scan")


def custom_gradient(f):
    return lambda *args, **kwargs: f(*args, **kwargs)[0]


def name_scope(name):
    from keras.src.state import name_scope as scope
    return scope(name)
