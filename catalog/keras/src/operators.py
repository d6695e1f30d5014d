"""Operators in Python's syntax on eager tensors: no promotion, unless a keras.Variable stands on the left."""
from __future__ import annotations

import _nw
from _nw import check, known, normal_dim, op
from keras.src import conversion, dtypes, rules, symbolic
from keras.src.variables import Variable

__public__ = "keras.ops"


def _pair(x1, x2):
    """Both operands as tensors of one type, as TensorFlow converts them."""
    if symbolic.is_symbolic(x1) or symbolic.is_symbolic(x2):
        raise ValueError("A KerasTensor cannot be used as input to a TensorFlow function.")
    first = x1 if _nw.is_tensor(x1) else x2
    name = dtypes.name_of(first)
    made = []
    for x in (x1, x2):
        if _nw.is_tensor(x):
            made.append(x)
            continue
        if not known(x) and not isinstance(x, (bool, int, float)):
            made.append(_nw.tensor(None, name))
            continue
        value = conversion.to_tensor(x)
        own = dtypes.name_of(value)
        if known(name) and known(own):
            array = not isinstance(x, (bool, int, float, list, tuple))
            fits = own == name or array or own == "bool" or dtypes.is_float(name) or name.startswith("complex") or (dtypes.is_integer(name) and dtypes.is_integer(own))
            if not fits or name == "bool" and own != "bool":
                raise TypeError("Cannot convert an operand to a tensor of dtype " + name)
        made.append(conversion.to_tensor(x, name))
    a, b = dtypes.name_of(made[0]), dtypes.name_of(made[1])
    if known(a) and known(b) and a != b:
        raise TypeError("cannot compute with tensors of dtypes " + a + " and " + b)
    return made[0], made[1]


def _binary(name, x1, x2, dtype=None):
    if isinstance(x1, Variable):
        return rules.compared(name, x1, x2) if dtype == "bool" else rules.binary(name, x1, x2)
    a, b = _pair(x1, x2)
    if dtype is None:
        rules.no_truths(name, dtypes.name_of(a))
    return rules.combined(name, a, b, dtypes.name_of(a) if dtype is None else dtype)


@op(pivot="add(x1, x2)")
def add(x1, x2) -> Tensor:
    return _binary("add", x1, x2)


@op(pivot="subtract(x1, x2)")
def subtract(x1, x2) -> Tensor:
    return _binary("subtract", x1, x2)


@op(pivot="multiply(x1, x2)")
def multiply(x1, x2) -> Tensor:
    return _binary("multiply", x1, x2)


@op(pivot="divide(x1, x2)")
def true_divide(x1, x2) -> Tensor:
    if isinstance(x1, Variable):
        return rules.float_binary("divide", x1, x2)
    a, b = _pair(x1, x2)
    name = dtypes.name_of(a)
    if name in ("int8", "int16", "uint8", "uint16"):
        name = "float32"
    elif name in ("int32", "int64", "uint32", "uint64"):
        name = "float64"
    elif name == "bool":
        raise TypeError("`x` and `y` must have numbers")
    return rules.combined("divide", a, b, name)


@op(pivot="floor_divide(x1, x2)")
def floor_divide(x1, x2) -> Tensor:
    return _binary("floor_divide", x1, x2)


@op(pivot="remainder(x1, x2)")
def mod(x1, x2) -> Tensor:
    return _binary("mod", x1, x2)


@op(pivot="power(x1, x2)")
def power(x1, x2) -> Tensor:
    return _binary("power", x1, x2)


@op(pivot="matmul(x1, x2)")
def matmul(x1, x2) -> Tensor:
    if isinstance(x1, Variable):
        return _nw.tensor(rules.matmul_shape(x1.shape, rules.shape_of(x2)), rules.result_dtype(x1, x2))
    a, b = _pair(x1, x2)
    check(len(a.shape) > 1 and len(b.shape) > 1, "matmul needs operands of at least two dimensions", ValueError)
    return _nw.tensor(rules.matmul_shape(a.shape, b.shape), dtypes.name_of(a))


def _logical(name, x1, x2):
    a, b = _pair(x1, x2)
    if dtypes.is_float(dtypes.name_of(a)):
        raise TypeError("Value passed to a bitwise operator has no integers")
    return rules.combined(name, a, b, dtypes.name_of(a))


@op(pivot="logical_and(x1, x2) if x1.dtype == 'bool' else bitwise_and(x1, x2)")
def bitwise_and(x1, x2) -> Tensor:
    return _logical("bitwise_and", x1, x2)


@op(pivot="logical_or(x1, x2) if x1.dtype == 'bool' else bitwise_or(x1, x2)")
def bitwise_or(x1, x2) -> Tensor:
    return _logical("bitwise_or", x1, x2)


@op(pivot="logical_xor(x1, x2) if x1.dtype == 'bool' else bitwise_xor(x1, x2)")
def bitwise_xor(x1, x2) -> Tensor:
    return _logical("bitwise_xor", x1, x2)


@op(pivot="equal(x1, x2)")
def equal(x1, x2) -> Tensor:
    return _binary("equal", x1, x2, "bool")


@op(pivot="not_equal(x1, x2)")
def not_equal(x1, x2) -> Tensor:
    return _binary("not_equal", x1, x2, "bool")


@op(pivot="less(x1, x2)")
def less(x1, x2) -> Tensor:
    return _binary("less", x1, x2, "bool")


@op(pivot="less_equal(x1, x2)")
def less_equal(x1, x2) -> Tensor:
    return _binary("less_equal", x1, x2, "bool")


@op(pivot="greater(x1, x2)")
def greater(x1, x2) -> Tensor:
    return _binary("greater", x1, x2, "bool")


@op(pivot="greater_equal(x1, x2)")
def greater_equal(x1, x2) -> Tensor:
    return _binary("greater_equal", x1, x2, "bool")


@op(pivot="negative(x)")
def negative(x) -> Tensor:
    return _nw.tensor(x.shape, x.dtype, data=_each(x, lambda a: -a))


def _each(x, function):
    data = _nw.flat(x)
    return None if data is None or len(data) > rules.COMPUTED else [function(a) for a in data]


@op(pivot="abs(x)")
def absolute(x) -> Tensor:
    return rules.each(x, abs)


@op(pivot="logical_not(x) if x.dtype == 'bool' else bitwise_not(x)")
def invert(x) -> Tensor:
    name = dtypes.name_of(x)
    if dtypes.is_float(name):
        raise TypeError("bitwise invert of floating numbers")
    return rules.same(x)


# --- x[key]

@op(pivot="slice(x, key)")
def get_item(x, key) -> Tensor:
    return indexed(x, key)


def indexed(x, key):
    """Integers, slices, `...`, None and scalar tensors; everything else is a TypeError in TensorFlow."""
    if _nw.is_tensor(key) and dtypes.name_of(key) == "bool" and len(key.shape):
        return rules.like(x, [_nw.unknown("how many elements a mask selects", number=True)] + list(x.shape[len(key.shape):]))
    parts = list(key) if isinstance(key, tuple) else [key]
    if isinstance(key, list):
        parts = key
    rank = len(x.shape)
    taken = 0
    for part in parts:
        _checked(part)
        if part is not None and part is not Ellipsis:
            taken += 1
    check(taken <= rank, "Index out of range: too many indices for the tensor", ValueError)
    shape = []
    axis = 0
    seen = False
    for part in parts:
        if part is Ellipsis:
            check(not seen, "Multiple ellipses are not allowed", ValueError)
            seen = True
            while axis < rank - (taken - _taken_before(parts, part)):
                shape.append(x.shape[axis])
                axis += 1
        elif part is None:
            shape.append(1)
        elif known(part) and isinstance(part, slice):
            shape.append(_nw.slice_length(_numbers(part), x.shape[axis]))
            axis += 1
        else:
            index = _scalar(part)
            if known(index) and known(x.shape[axis]):
                check(-x.shape[axis] <= index and index < x.shape[axis], "slice index is out of bounds", ValueError)
            axis += 1
    while axis < rank:
        shape.append(x.shape[axis])
        axis += 1
    return _nw.view(x, shape, data=_picked(x, parts))


def _taken_before(parts, ellipsis):
    count = 0
    for part in parts:
        if part is Ellipsis:
            return count
        if part is not None:
            count += 1
    return count


def _checked(part):
    if not known(part):
        return
    if part is None or part is Ellipsis or isinstance(part, (bool, int, slice)):
        if isinstance(part, bool):
            raise TypeError("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices")
        return
    if _nw.is_tensor(part) and len(part.shape) == 0 and dtypes.is_integer(dtypes.name_of(part)):
        return
    if not known(part):
        return
    if symbolic.is_symbolic(part):
        return
    raise TypeError("Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar tf.int32/tf.int64 tensors are valid indices")


def _scalar(part):
    if _nw.is_tensor(part):
        value = _nw.constant(part)
        return value if value is not None else _nw.unknown("an index that a tensor holds")
    return part


def _numbers(part):
    return slice(_scalar(part.start), _scalar(part.stop), _scalar(part.step))


def _takes_all(part):
    if part is None or part is Ellipsis:
        return True
    return known(part) and isinstance(part, slice) and part.start is None and part.stop is None and part.step is None


def _picked(x, parts):
    """Contents of what a key takes."""
    data = _nw.flat(x)
    if data is None or not [part for part in parts if not _takes_all(part)]:
        return data
    rest = len(x.shape) - len([part for part in parts if part is not None and part is not Ellipsis])
    positions = []
    for part in parts:
        if part is Ellipsis:
            for i in range(rest):
                positions.append(list(range(x.shape[len(positions)])))
        elif part is not None:
            taken = _taken_places(part, x.shape[len(positions)])
            if taken is None:
                return None
            positions.append(taken)
    while len(positions) < len(x.shape):
        positions.append(list(range(x.shape[len(positions)])))
    return rules.picked(x, positions)


def _taken_places(part, size):
    """The places along an axis that a part of a key takes."""
    if not known(part):
        return None
    if isinstance(part, slice):
        part = _numbers(part)
        return list(range(size))[part] if known(part.start) and known(part.stop) and known(part.step) else None
    index = _scalar(part)
    return [index % size] if known(index) and size else None
