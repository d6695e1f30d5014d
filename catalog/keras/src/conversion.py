"""Values to tensors."""
from __future__ import annotations

import _nw
from keras.src import dtypes, state


def is_tensor(x):
    return _nw.is_tensor(x)


def scalar(x, dtype=None):
    """A number of Python as a tensor."""
    if dtype is None:
        dtype = "bool" if isinstance(x, bool) else "int32" if isinstance(x, int) else "float32"
    return _nw.tensor((), dtype, data=[x] if _nw.known(x) else None)


def _stacked(parts, dtype):
    """Lists of numbers and tensors: one new axis."""
    made = [to_tensor(part, dtype) for part in parts]
    first = made[0]
    for one in made[1:]:
        _nw.check(len(one.shape) == len(first.shape), "Shapes of all inputs must match", ValueError)
    name = dtype
    if name is None:
        name = dtypes.name_of(first)
        for part, one in zip(parts, made):
            if _nw.is_tensor(part):
                name = dtypes.name_of(part)
    data = []
    for one in made:
        flat = _nw.flat(one)
        data = None if flat is None or data is None else data + flat
    return _nw.tensor((len(parts),) + tuple(first.shape), name, data=data)


def to_tensor(x, dtype=None):
    if dtype is not None:
        dtype = dtypes.standardize(dtype)
    if _nw.is_tensor(x):
        if dtype is None or dtypes.name_of(x) == dtype:
            return x
        return _nw.tensor(x.shape, dtype, data=_nw.flat(x))
    if isinstance(x, (bool, int, float)):
        return scalar(x, dtype)
    if x is None or isinstance(x, str):
        raise ValueError("Attempt to convert a value to a tensor that is none")
    if isinstance(x, (list, tuple)):
        found = _nw.nested(x)
        if found is None:
            if len(x) == 0:
                return _nw.tensor((0,), dtype or "float32", data=[])
            return _stacked(x, dtype)
        shape, kind, data = found
        name = kind.name
        if name == "int64":
            name = "int32"
        return _nw.tensor(shape, dtype or name, data=data)
    if hasattr(x, "__array__"):
        return from_array(x, dtype)
    if not _nw.known(x):
        return _nw.tensor((), dtype or "float32")
    raise ValueError("Attempt to convert a value to a tensor that is none")


def from_array(x, dtype=None):
    """An array of numpy."""
    name = dtype or dtypes.standardize(x.dtype)
    data = getattr(x, "_contents", None)
    return _nw.tensor(tuple(x.shape), name, data=data)
