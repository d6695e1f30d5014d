"""Tensors as they lie in checkpoints, and the operations of a weight map on them.

A tensor is a `Lazy`: arrays in memory, seen through what the map does with them. Nothing is copied before `rows` asks for a part of the
result, so that a tensor is held once, however it is transposed, cut or joined. numpy has no bfloat16 and no float8: these travel as
unsigned integers of the same size (`CARRIERS`) and are only decoded where numbers are computed.
"""

import math

import numpy as np

# The names of dtypes, with the numpy dtype that carries their bits.
CARRIERS = {
    "float64": "<f8", "float32": "<f4", "float16": "<f2", "bfloat16": "<u2", "float8_e4m3fn": "u1", "float8_e5m2": "u1",
    "int64": "<i8", "int32": "<i4", "int16": "<i2", "int8": "i1", "uint64": "<u8", "uint32": "<u4", "uint16": "<u2", "uint8": "u1",
    "bool": "?", "complex64": "<c8", "complex128": "<c16",
}
ENCODED = {"bfloat16", "float8_e4m3fn", "float8_e5m2"}
NAMES = {np.dtype(carrier): name for name, carrier in CARRIERS.items() if name not in ENCODED}
# How many bytes of a result are made at a time.
CHUNK = 16 << 20


class Misfit(ValueError):
    """An operation of the map that its tensors do not allow."""


def carrier(dtype):
    return np.dtype(CARRIERS[dtype])


def size_of(dtype, shape):
    return math.prod(shape) * carrier(dtype).itemsize


def decode(array, dtype):
    """Numbers that numpy can compute with."""
    if dtype == "bfloat16":
        return (array.astype(np.uint32) << 16).view(np.float32)
    if dtype in ENCODED:
        raise Misfit(f"{dtype} can be carried, not computed with")
    return array


def encode(array, dtype):
    """The carrier of numbers, rounded to nearest even."""
    if dtype == "bfloat16":
        bits = np.ascontiguousarray(array, np.float32).view(np.uint32)
        rounded = ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)
        # Rounding must not carry a NaN over into infinity.
        return np.where(np.isnan(array), np.uint16(0x7FC0), rounded)
    if dtype in ENCODED:
        raise Misfit(f"{dtype} can be carried, not computed with")
    with np.errstate(over="ignore", invalid="ignore"):
        return array.astype(carrier(dtype))


# ---- values that are made when they are asked for; `rows(i, j)` gives [i:j] of the first axis, `rows(None, None)` all


class Array:
    def __init__(self, array):
        self.array = array
        self.shape = array.shape

    def rows(self, start, stop):
        return self.array[start:stop] if self.shape else self.array

    def transpose(self, order):
        return Array(self.array.transpose(order))

    def slice(self, axis, start, stop):
        return Array(self.array[(slice(None),) * axis + (slice(start, stop),)])

    def flip(self, axes):
        return Array(np.flip(self.array, axes))

    def reshape(self, shape):
        if self.array.flags.c_contiguous:
            return Array(self.array.reshape(shape))
        return Merged(self, shape) if merged_groups(self.shape, shape) else Array(self.array.reshape(shape))


def merged_groups(shape, merged):
    """Which axes of `shape` join to each axis of `merged`, [(start, stop)]; None when axes are split."""
    groups, at = [], 0
    for size in merged:
        start, product = at, 1
        while at < len(shape) and (product < size or (product == size and at == start)):
            product *= shape[at]
            at += 1
        if product != size or at == start:
            return None
        groups.append((start, at))
    return groups if at == len(shape) else None


class Merged:
    """A reshape that joins neighbouring axes, of something that does not lie that way in memory."""

    def __init__(self, inner, shape):
        self.inner = inner
        self.shape = shape
        self.groups = merged_groups(inner.shape, shape)

    def rows(self, start, stop):
        if start is None:
            return self.inner.rows(None, None).reshape(self.shape)
        first, last = self.groups[0]
        inside = math.prod(self.inner.shape[first + 1:last])
        low, high = start // inside, -(-stop // inside)
        part = self.inner.rows(low, high)
        part = part.reshape((part.shape[0] * inside, *self.shape[1:]))
        return part[start - low * inside:stop - low * inside]

    def transpose(self, order):
        inner = [axis for group in order for axis in range(*self.groups[group])]
        return Merged(self.inner.transpose(inner), tuple(self.shape[axis] for axis in order))

    def made(self):
        return Array(np.ascontiguousarray(self.rows(None, None)))

    def slice(self, axis, start, stop):
        return self.made().slice(axis, start, stop)

    def flip(self, axes):
        return self.made().flip(axes)

    def reshape(self, shape):
        return self.made().reshape(shape)


class Joined:
    """Parts one after another along an axis."""

    def __init__(self, parts, axis):
        self.parts = parts
        self.axis = axis
        shape = list(parts[0].shape)
        shape[axis] = sum(part.shape[axis] for part in parts)
        self.shape = tuple(shape)

    def rows(self, start, stop):
        if start is None or self.axis != 0:
            return np.concatenate([part.rows(start, stop) for part in self.parts], self.axis)
        found, at = [], 0
        for part in self.parts:
            low, high = max(start - at, 0), min(stop - at, part.shape[0])
            if low < high:
                found.append(part.rows(low, high))
            at += part.shape[0]
        return found[0] if len(found) == 1 else np.concatenate(found, 0) if found else self.parts[0].rows(0, 0)

    def transpose(self, order):
        return Joined([part.transpose(order) for part in self.parts], order.index(self.axis))

    def slice(self, axis, start, stop):
        if axis != self.axis:
            return Joined([part.slice(axis, start, stop) for part in self.parts], self.axis)
        found, at = [], 0
        for part in self.parts:
            size = part.shape[axis]
            low, high = max(start - at, 0), min(stop - at, size)
            if low < high or not size:
                found.append(part.slice(axis, low, max(low, high)))
            at += size
        return Joined(found or [self.parts[0].slice(axis, 0, 0)], axis)

    def flip(self, axes):
        parts = [part.flip(axes) for part in self.parts]
        return Joined(parts[::-1] if self.axis in axes else parts, self.axis)

    def reshape(self, shape):
        return Array(self.rows(None, None).reshape(shape))


class Mapped:
    """Element by element: `function` of the values of several tensors of one shape."""

    def __init__(self, parts, function):
        self.parts = parts
        self.function = function
        self.shape = parts[0].shape

    def each(self, act):
        return Mapped([act(part) for part in self.parts], self.function)

    def rows(self, start, stop):
        return self.function(*[part.rows(start, stop) for part in self.parts])

    def transpose(self, order):
        return self.each(lambda part: part.transpose(order))

    def slice(self, axis, start, stop):
        return self.each(lambda part: part.slice(axis, start, stop))

    def flip(self, axes):
        return self.each(lambda part: part.flip(axes))

    def reshape(self, shape):
        return self.each(lambda part: part.reshape(shape))


class Lazy:
    """A tensor: its dtype, its shape, and its values; without values (None) it only tells what would come out."""

    def __init__(self, dtype, shape, values=None):
        self.dtype = dtype
        self.shape = tuple(shape)
        self.values = values

    def chunks(self):
        """[(start, stop, contiguous array)] along the first axis; (None, None, array) for a number."""
        if not self.shape:
            yield None, None, np.ascontiguousarray(self.values.rows(None, None)).reshape(())
            return
        row = max(1, size_of(self.dtype, self.shape[1:]))
        step = max(1, CHUNK // row)
        for start in range(0, self.shape[0], step):
            stop = min(start + step, self.shape[0])
            yield start, stop, np.ascontiguousarray(self.values.rows(start, stop))


# ---- the operations


def whole_number(value, what):
    if not isinstance(value, int) or isinstance(value, bool):
        raise Misfit(f"{what} is a number, not {value!r}")
    return value


def whole_numbers(values, what):
    if not isinstance(values, list):
        raise Misfit(f"{what} is a list of numbers, not {values!r}")
    return [whole_number(value, what) for value in values]


def axis_of(tensor, axis, extra=0):
    rank = len(tensor.shape) + extra
    axis = whole_number(axis, "axis")
    if not -rank <= axis < rank:
        raise Misfit(f"axis {axis} of a tensor of shape {list(tensor.shape)}")
    return axis % rank


def transpose(tensor, order):
    order = whole_numbers(order, "the order of the axes")
    if sorted(order) != list(range(len(tensor.shape))):
        raise Misfit(f"transpose {order} of a tensor of shape {list(tensor.shape)}")
    return Lazy(tensor.dtype, [tensor.shape[axis] for axis in order], tensor.values and tensor.values.transpose(order))


def reshape(tensor, shape):
    shape, count = whole_numbers(shape, "the shape"), math.prod(tensor.shape)
    given = list(shape)
    if shape.count(-1) == 1:
        rest = -math.prod(shape)
        shape = [count // rest if size == -1 and rest else size for size in shape]
    if math.prod(shape) != count or min(shape, default=0) < 0:
        raise Misfit(f"reshape {given} of a tensor of shape {list(tensor.shape)}")
    return Lazy(tensor.dtype, shape, tensor.values and tensor.values.reshape(tuple(shape)))


def slice_axis(tensor, axis, start, stop):
    axis = axis_of(tensor, axis)
    size = tensor.shape[axis]
    if not 0 <= whole_number(start, "start") <= whole_number(stop, "stop") <= size:
        raise Misfit(f"slice {start}:{stop} of axis {axis} of a tensor of shape {list(tensor.shape)}")
    shape = [*tensor.shape[:axis], stop - start, *tensor.shape[axis + 1:]]
    return Lazy(tensor.dtype, shape, tensor.values and tensor.values.slice(axis, start, stop))


def reorder(tensor, axis, count, order):
    axis, count, order = axis_of(tensor, axis), whole_number(count, "the number of blocks"), whole_numbers(order, "the order of the blocks")
    size = tensor.shape[axis]
    if count < 1 or size % count or not order or not all(0 <= block < count for block in order):
        raise Misfit(f"reorder of {count} blocks as {order} on axis {axis} of a tensor of shape {list(tensor.shape)}")
    block = size // count
    return concatenate([slice_axis(tensor, axis, at * block, (at + 1) * block) for at in order], axis)


def flip(tensor, axes):
    axes = tuple(axis_of(tensor, axis) for axis in whole_numbers(axes, "axes"))
    return Lazy(tensor.dtype, tensor.shape, tensor.values and tensor.values.flip(axes))


def cast(tensor, dtype):
    if dtype not in CARRIERS:
        raise Misfit(f"there is no dtype {dtype!r}")
    if dtype == tensor.dtype:
        return tensor
    if {dtype, tensor.dtype} & ENCODED - {"bfloat16"}:
        raise Misfit(f"cast from {tensor.dtype} to {dtype}")
    return elementwise([tensor], dtype, lambda array: array)


def scale(tensor, factor):
    if isinstance(factor, bool) or not isinstance(factor, (int, float)):
        raise Misfit(f"the factor of scale is a number, not {factor!r}")
    if isinstance(factor, float) and not tensor.dtype.startswith(("float", "bfloat", "complex")):
        raise Misfit(f"scale of {tensor.dtype} by {factor}")
    return elementwise([tensor], tensor.dtype, lambda array: array * array.dtype.type(factor))


def elementwise(tensors, dtype, function):
    dtypes = [tensor.dtype for tensor in tensors]
    if tensors[0].values is None:
        return Lazy(dtype, tensors[0].shape)
    compute = lambda *arrays: encode(function(*map(decode, arrays, dtypes)), dtype)  # noqa: E731
    return Lazy(dtype, tensors[0].shape, Mapped([tensor.values for tensor in tensors], compute))


def same_dtype(tensors, what):
    if not tensors:
        raise Misfit(f"{what} of no tensors")
    dtypes = sorted({tensor.dtype for tensor in tensors})
    if len(dtypes) > 1:
        raise Misfit(f"{what} of tensors of dtypes {', '.join(dtypes)}")
    return dtypes[0]


def shapes_of(tensors):
    return ", ".join(str(list(tensor.shape)) for tensor in tensors)


def concatenate(tensors, axis):
    dtype = same_dtype(tensors, "concatenate")
    axis = axis_of(tensors[0], axis)
    rest = {(*tensor.shape[:axis], *tensor.shape[axis + 1:], len(tensor.shape)) for tensor in tensors}
    if len(rest) > 1:
        raise Misfit(f"concatenate on axis {axis} of tensors of shapes {shapes_of(tensors)}")
    shape = list(tensors[0].shape)
    shape[axis] = sum(tensor.shape[axis] for tensor in tensors)
    known = tensors[0].values is not None
    return Lazy(dtype, shape, Joined([tensor.values for tensor in tensors], axis) if known else None)


def stack(tensors, axis):
    same_dtype(tensors, "stack")
    axis = axis_of(tensors[0], axis, extra=1)
    if len({tensor.shape for tensor in tensors}) > 1:
        raise Misfit(f"stack of tensors of shapes {shapes_of(tensors)}")
    shape = tensors[0].shape
    return concatenate([reshape(tensor, [*shape[:axis], 1, *shape[axis:]]) for tensor in tensors], axis)


def add(tensors):
    dtype = same_dtype(tensors, "add")
    if len({tensor.shape for tensor in tensors}) > 1:
        raise Misfit(f"add of tensors of shapes {shapes_of(tensors)}")
    if dtype == "bool":
        raise Misfit("add of booleans")
    return elementwise(tensors, dtype, lambda *arrays: sum(arrays[1:], arrays[0]))


def fill(value, shape, dtype, read):
    shape = whole_numbers(shape, "the shape")
    if dtype not in CARRIERS or dtype in ENCODED - {"bfloat16"}:
        raise Misfit(f"fill of dtype {dtype!r}")
    if isinstance(value, str) or not isinstance(value, (int, float)) or min(shape, default=0) < 0:
        raise Misfit(f"fill {value!r} {shape}")
    if not read:
        return Lazy(dtype, shape)
    number = encode(np.asarray(value, "float32" if dtype == "bfloat16" else carrier(dtype)), dtype)
    return Lazy(dtype, shape, Array(np.broadcast_to(number, shape)))


EACH = {"transpose": (transpose, 1), "reshape": (reshape, 1), "slice": (slice_axis, 3), "reorder": (reorder, 3), "flip": (flip, 1),
        "cast": (cast, 1), "scale": (scale, 1)}
MERGE = {"concatenate": (concatenate, 1), "stack": (stack, 1), "add": (add, 0)}


def apply(operations, tensors):
    """The one tensor that a map's operations make of a list of tensors; Misfit says why they do not."""
    read = not tensors or tensors[0].values is not None
    for operation in operations:
        if not isinstance(operation, list) or not operation:
            raise Misfit(f"an operation is a list that starts with its name, not {operation!r}")
        name, *arguments = operation
        count = 3 if name == "fill" else EACH.get(name, MERGE.get(name, (None, None)))[1]
        if count is None:
            raise Misfit(f"there is no operation {name!r}")
        if len(arguments) != count:
            raise Misfit(f"{name} takes {count} arguments, not {len(arguments)}")
        if name == "fill":
            if tensors:
                raise Misfit("fill comes first, and without tensors")
            tensors = [fill(*arguments, read)]
        elif name in EACH:
            tensors = [EACH[name][0](tensor, *arguments) for tensor in tensors]
        else:
            tensors = [MERGE[name][0](tensors, *arguments)]
    if len(tensors) != 1:
        raise Misfit(f"{len(tensors)} tensors are left; a target takes one")
    return tensors[0]
