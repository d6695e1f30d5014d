"""Names of element types, and which one an operator gives."""
from __future__ import annotations

import _nw
from keras.src import state

_ALLOWED = ("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128")
_FLOATS = ("float16", "bfloat16", "float32", "float64")
_INTEGERS = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")
_COMPLEX = ("complex64", "complex128")


def standardize(dtype):
    """The name of an element type given as a name, a type of some framework, or None."""
    if dtype is None:
        return state.settings["floatx"]
    if dtype is float:
        return "float32"
    if dtype is int:
        return "int64"
    if dtype is bool:
        return "bool"
    if isinstance(dtype, str):
        name = {"int": "int64", "float": "float32"}.get(dtype, dtype)
    elif hasattr(dtype, "name"):
        name = dtype.name
    elif hasattr(dtype, "__name__"):
        name = dtype.__name__
    else:
        name = str(dtype).split(".")[-1]
    if name == "string":
        return name
    if name not in _ALLOWED:
        raise ValueError("Invalid dtype: " + str(dtype))
    return name


def name_of(x):
    """The name of a tensor's element type."""
    dtype = x.dtype
    return dtype if isinstance(dtype, str) else dtype.name if _nw.known(dtype) else dtype


def is_float(name):
    return name in _FLOATS


def real_of(name):
    """The type of the parts of a complex number, and of its size and angle; other types are their own."""
    return {"complex64": "float32", "complex128": "float64"}.get(name, name)


def is_integer(name):
    return name in _INTEGERS


_RANK = {"bool": 0, "uint8": 1, "uint16": 1, "uint32": 1, "uint64": 1, "int8": 2, "int16": 2, "int32": 2, "int64": 2, "int": 2,
         "float16": 3, "bfloat16": 3, "float32": 3, "float64": 3, "float": 3, "complex64": 4, "complex128": 4}
_BITS = {"uint8": 8, "uint16": 16, "uint32": 32, "uint64": 64, "int8": 8, "int16": 16, "int32": 32, "int64": 64, "float16": 16, "bfloat16": 16,
         "float32": 32, "float64": 64}


def _join(a, b):
    """The smallest type that holds both, in the lattice of Keras (which is that of JAX); "int" and "float" are Python's numbers."""
    if a == b:
        return a
    if _RANK[a] > _RANK[b]:
        a, b = b, a
    if a == "bool":
        return b
    if b == "complex128" or (b == "complex64" and a == "float64"):
        return "complex128"
    if b == "complex64":
        return b
    if _RANK[b] == 3:
        if _RANK[a] < 3:
            return b
        if a == "float":
            return b
        if b == "float":
            return a
        if _BITS[a] == _BITS[b]:
            return "float32"
        return a if _BITS[a] > _BITS[b] else b
    if a == "int" or b == "int":
        return b if a == "int" else a
    if _RANK[a] == _RANK[b]:
        return a if _BITS[a] > _BITS[b] else b
    if _BITS[b] > _BITS[a]:
        return b
    return {8: "int16", 16: "int32", 32: "int64", 64: "float"}[_BITS[a]]


def result(*dtypes):
    """keras.backend.result_type: of names, and of the types int and float for numbers of Python. 64 bit is avoided."""
    if not dtypes:
        return state.settings["floatx"]
    names = []
    wide = False
    for dtype in dtypes:
        if dtype is int or dtype is float or dtype is bool:
            names.append({int: "int", float: "float", bool: "bool"}[dtype])
            continue
        if not _nw.known(dtype):
            return dtype
        name = dtype if isinstance(dtype, str) else standardize(dtype)
        wide = wide or name in ("float64", "int64", "uint64", "complex128")
        names.append(name)
    joined = names[0]
    for name in names[1:]:
        joined = _join(joined, name)
    if joined == "float":
        return state.settings["floatx"]
    if joined == "int":
        return "int32"
    return joined


def of_operand(x):
    """What an operand contributes: a tensor its type, a number of Python its kind."""
    if isinstance(x, bool):
        return bool
    if isinstance(x, int):
        return int
    if isinstance(x, float):
        return float
    if not _nw.known(x):
        return _nw.DType("float32") if not _nw.is_tensor(x) else name_of(x)
    return name_of(x)


def inexact(name):
    """The type in which functions with real values are computed: integers become floatx."""
    if not _nw.known(name):
        return name
    return state.settings["floatx"] if name in _INTEGERS or name == "bool" else name
