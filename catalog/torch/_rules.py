"""How sizes, dtypes and known contents follow from the arguments; shared by the rows of `torch`.

Nothing here is part of an API. `torch/__init__.py` shadows many builtins (sum, max, abs, float, ...), this file does not.
Contents ("data") are flat row-major lists of numbers; they are followed through arithmetic up to COMPUTED elements only.
"""
import _nw
from _nw import broadcast, check, is_tensor, known, normal_dim, prod

BOOL = _nw.DType("bool")
UINT8 = _nw.DType("uint8")
INT8 = _nw.DType("int8")
INT16 = _nw.DType("int16")
INT32 = _nw.DType("int32")
INT64 = _nw.DType("int64")
FLOAT16 = _nw.DType("float16")
BFLOAT16 = _nw.DType("bfloat16")
FLOAT32 = _nw.DType("float32")
FLOAT64 = _nw.DType("float64")
COMPLEX64 = _nw.DType("complex64")
COMPLEX128 = _nw.DType("complex128")

COMPUTED = 1024
HELD = 4096

INF = float("inf")
NAN = float("nan")


# --- dtypes

def inexact(dtype):
    """The dtype in which a function with real values is computed."""
    if not known(dtype):
        return dtype
    return dtype if dtype.is_floating_point or dtype.is_complex else FLOAT32


def summed(dtype):
    """Sums and products of integers and booleans are int64."""
    if not known(dtype):
        return dtype
    return dtype if dtype.is_floating_point or dtype.is_complex else INT64


def real_of(dtype):
    if not known(dtype):
        return dtype
    if dtype == COMPLEX64:
        return FLOAT32
    return FLOAT64 if dtype == COMPLEX128 else dtype


def complex_of(dtype):
    if not known(dtype):
        return dtype
    return COMPLEX128 if dtype == FLOAT64 or dtype == COMPLEX128 else COMPLEX64


def scalar_dtype(value):
    if not known(value):
        return _nw.promote(value)
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, int):
        return INT64
    return COMPLEX64 if isinstance(value, complex) else FLOAT32


def or_else(dtype, other):
    return other if dtype is None else dtype


_LIMITS = {
    "float16": (65504.0, 0.0009765625, 6.103515625e-05, 0.001),
    "bfloat16": (3.3895313892515355e+38, 0.0078125, 1.1754943508222875e-38, 0.01),
    "float32": (3.4028234663852886e+38, 1.1920928955078125e-07, 1.1754943508222875e-38, 1e-06),
    "float64": (1.7976931348623157e+308, 2.220446049250313e-16, 2.2250738585072014e-308, 1e-15),
    "float8_e4m3fn": (448.0, 0.125, 0.015625, 1.0),
    "float8_e5m2": (57344.0, 0.25, 6.103515625e-05, 1.0),
    "uint8": (255, 0), "int8": (127, -128), "int16": (32767, -32768), "int32": (2147483647, -2147483648),
    "int64": (9223372036854775807, -9223372036854775807 - 1),
    "uint16": (65535, 0), "uint32": (4294967295, 0), "bool": (1, 0),
}


def limits(dtype):
    """The largest and smallest number, eps, tiny and resolution of a dtype."""
    if not known(dtype):
        return {name: _nw.unknown("the " + name + " of a dtype that is not known", number=True) for name in ("max", "min", "eps", "tiny", "resolution")}
    dtype = {"complex64": FLOAT32, "complex128": FLOAT64}.get(dtype.name, dtype)
    row = _LIMITS[dtype.name]
    if len(row) == 2:
        return {"max": row[0], "min": row[1]}
    return {"max": row[0], "min": -row[0], "eps": row[1], "tiny": row[2], "resolution": row[3]}


# --- arguments

def sizes_of(sizes):
    """f(2, 3), f((2, 3)) and f([2, 3]) say the same."""
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return tuple(sizes[0])
    return tuple(sizes)


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def shape_of(value):
    return value.shape if is_tensor(value) else ()


def rank_of(shape):
    """A scalar is addressed as if it had one axis."""
    return max(len(shape), 1)


def axes_of(dim, rank):
    """The axes that a reduction names, sorted, as non-negative numbers; None and () mean all."""
    if dim is None:
        return tuple(range(rank))
    if isinstance(dim, int):
        return (normal_dim(dim, max(rank, 1)),)[:max(rank, 1)]
    axes = tuple(sorted([normal_dim(d, max(rank, 1)) for d in dim]))
    check(len(set(axes)) == len(axes), "dim appears multiple times in the list of dims")
    return axes if len(axes) > 0 else tuple(range(rank))


def replaced(shape, axis, size):
    return tuple(shape[:axis]) + (size,) + tuple(shape[axis + 1:])


def without(shape, axis):
    return tuple(shape[:axis]) + tuple(shape[axis + 1:])


def inserted(shape, axis, size):
    return tuple(shape[:axis]) + (size,) + tuple(shape[axis:])


# --- results

def new(shape, dtype, like=None, data=None):
    return _nw.tensor(tuple(shape), dtype, like=like, data=data)


def filled(shape, value, dtype, like=None):
    """A tensor of one value; its contents are kept while it is small."""
    shape = tuple(shape)
    count = prod(shape)
    data = None
    if known(count) and count <= HELD and known(value) and isinstance(value, (bool, int, float)):
        data = [value] * count
    return _nw.tensor(shape, dtype, like=like, data=data)


def contents(value):
    """Known contents as a flat list, or None."""
    if is_tensor(value):
        return _nw.flat(value)
    if known(value) and isinstance(value, (bool, int, float)):
        return [value]
    return None


def few(shape):
    """Whether contents of this shape are followed through arithmetic."""
    count = prod(shape)
    return known(count) and count <= COMPUTED


def spread(data, shape, target):
    """Contents of `shape` broadcast to `target`."""
    if tuple(shape) == tuple(target) or len(data) == 0:
        return data
    if len(data) == 1:
        return data * prod(target)
    inner = 1
    shape = (1,) * (len(target) - len(shape)) + tuple(shape)
    for axis in range(len(target) - 1, -1, -1):
        if shape[axis] != target[axis]:
            result = []
            for start in range(0, len(data), inner):
                result = result + data[start:start + inner] * target[axis]
            data = result
        inner = inner * target[axis]
    return data


def mapped(value, dtype, function=None):
    """An elementwise function of one tensor."""
    data = None
    if function is not None:
        data = contents(value)
        if data is not None:
            data = [function(x) for x in data] if len(data) <= COMPUTED else None
    return _nw.tensor(value.shape, dtype, like=value, data=data)


def floating(value, function=None):
    return mapped(value, inexact(value.dtype), function)


def small(shape):
    """Whether contents of this shape are worth following; a size that is not known is not."""
    count = prod(shape)
    return known(count) and count <= COMPUTED


def beside(value, other):
    """Contents of an operand; a number beside a tensor of float32 is rounded to that before anything is computed."""
    data = contents(value)
    if data is None or is_tensor(value) or not is_tensor(other) or not same_dtype(_nw.promote(value, other), FLOAT32):
        return data
    return _nw.flat(_nw.tensor((), FLOAT32, data=data))


def joined(a, b, shape, function):
    left = beside(a, b)
    right = beside(b, a)
    if function is None or left is None or right is None or not few(shape):
        return None
    left = spread(left, shape_of(a), shape)
    right = spread(right, shape_of(b), shape)
    return [function(x, y) for x, y in zip(left, right)]


def binary(a, b, dtype=None, function=None):
    """An elementwise function of two operands; without a dtype the operands' promotion."""
    shape = broadcast(shape_of(a), shape_of(b))
    if dtype is None:
        dtype = _nw.promote(a, b)
    return _nw.tensor(shape, dtype, like=a if is_tensor(a) else b, data=joined(a, b, shape, function))


def real_binary(a, b, function=None):
    return binary(a, b, inexact(_nw.promote(a, b)), function)


def in_place(target, *others):
    """The target is overwritten with something that broadcasts to its shape."""
    for other in others:
        check(broadcast(target.shape, shape_of(other)) == tuple(target.shape),
              "output with shape doesn't match the broadcast shape")
    return _nw.overwrite(target)


def same_dtype(a, b):
    return known(a) and known(b) and a == b


def cast(value, dtype):
    if same_dtype(value.dtype, dtype):
        return value
    return _nw.tensor(value.shape, dtype, like=value, data=_nw.flat(value))


def resized(target, shape):
    """The target takes another shape in place."""
    target.data = _nw.tensor(tuple(shape), target.dtype, like=target)
    return target


def unknown_list(shape):
    """What tolist() gives: the lengths are known, the numbers are not."""
    if len(shape) == 0:
        return _nw.unknown("the contents of a tensor")
    if not known(shape[0]) or shape[0] > HELD:
        return _nw.unknown("the contents of a tensor")
    return [unknown_list(shape[1:]) for i in range(shape[0])]


# --- elementwise functions on known numbers

def add(x, y):
    return x + y


def subtract(x, y):
    return x - y


def multiply(x, y):
    return x * y


def divide(x, y):
    if y == 0:
        return NAN if x == 0 or x != x else (INF if x > 0 else -INF)
    return x / y


def floor_divide(x, y):
    return divide(x, y) if y == 0 else x // y


def remainder(x, y):
    return NAN if y == 0 else x % y


def power(x, y):
    if x == 0 and y < 0:
        return INF
    return NAN if x < 0 and y != int(y) else x ** y


def negative(x):
    return -x


def absolute(x):
    return abs(x)


def square(x):
    return x * x


def reciprocal(x):
    return divide(1, x)


def sign(x):
    return (x > 0) - (x < 0)


def square_root(x):
    return _nw.math("sqrt", x) if x >= 0 else NAN


def exponential(x):
    return _nw.math("exp", x) if x < 700 else INF


def logarithm(x):
    return _nw.math("log", x) if x > 0 else (-INF if x == 0 else NAN)


def binary_logarithm(x):
    return _nw.math("log2", x) if x > 0 else (-INF if x == 0 else NAN)


def sine(x):
    return _nw.math("sin", x)


def cosine(x):
    return _nw.math("cos", x)


def is_finite(x):
    return x == x and abs(x) != INF


def floor(x):
    return _nw.math("floor", x) if is_finite(x) else x


def ceil(x):
    return _nw.math("ceil", x) if is_finite(x) else x


def truncate(x):
    return _nw.math("trunc", x) if is_finite(x) else x


def half_even(x):
    return round(x) if is_finite(x) else x


def equal(x, y):
    return x == y


def not_equal(x, y):
    return x != y


def less(x, y):
    return x < y


def less_equal(x, y):
    return x <= y


def greater(x, y):
    return x > y


def greater_equal(x, y):
    return x >= y


def logical_not(x):
    return not x


def logical_and(x, y):
    return bool(x) and bool(y)


def logical_or(x, y):
    return bool(x) or bool(y)


def logical_xor(x, y):
    return bool(x) != bool(y)


def maximum(x, y):
    return x if x != x or x >= y else y


def minimum(x, y):
    return x if x != x or x <= y else y


# --- reductions

def reduced_shape(shape, dim, keepdim):
    axes = axes_of(dim, len(shape))
    sizes = []
    for axis in range(len(shape)):
        if axis not in axes:
            sizes.append(shape[axis])
        elif keepdim:
            sizes.append(1)
    return tuple(sizes)


def reduced(value, dim, keepdim, dtype, function=None):
    """A reduction over `dim`; contents are followed where everything is reduced to one number."""
    shape = reduced_shape(value.shape, dim, keepdim)
    data = None
    if function is not None and value.ndim == len(axes_of(dim, value.ndim)):
        data = contents(value)
        if data is not None:
            data = [function(data)] if 0 < len(data) <= COMPUTED else None
    return _nw.tensor(shape, dtype, like=value, data=data)


def total(data):
    result = 0
    for x in data:
        result = result + x
    return result


def product(data):
    result = 1
    for x in data:
        result = result * x
    return result


def largest(data):
    return max(data)


def smallest(data):
    return min(data)


def mean(data):
    return total(data) / len(data)


def any_true(data):
    for x in data:
        if x:
            return True
    return False


def all_true(data):
    for x in data:
        if not x:
            return False
    return True


def first_largest(data):
    return data.index(max(data))


def first_smallest(data):
    return data.index(min(data))


def scanned(value, dim, dtype, function=None):
    """A cumulative function along one axis; contents are followed for vectors."""
    normal_dim(dim, rank_of(value.shape))
    data = contents(value) if function is not None and value.ndim == 1 else None
    if data is not None and 0 < len(data) <= COMPUTED:
        result = [data[0]]
        for x in data[1:]:
            result.append(function(result[-1], x))
        data = result
    return _nw.tensor(value.shape, dtype, like=value, data=data)


def distinct(data):
    """The different numbers in order, the place of each element among them, and how often each occurs."""
    values = sorted(set(data))
    number = {value: i for i, value in enumerate(values)}
    places, counts = [number[x] for x in data], [0] * len(values)
    for place in places:
        counts[place] += 1
    return values, places, counts


def runs(data):
    """The same for neighbours that are equal."""
    values = []
    places = []
    counts = []
    for x in data:
        if not values or values[-1] != x:
            values.append(x)
            counts.append(0)
        counts[-1] = counts[-1] + 1
        places.append(len(values) - 1)
    return values, places, counts


# --- shapes of movement

def permuted(data, shape, order):
    """Contents after a permutation of the axes."""
    strides = [1] * len(shape)
    for axis in range(len(shape) - 2, -1, -1):
        strides[axis] = strides[axis + 1] * shape[axis + 1]
    places = [0]
    for axis in order:
        places = [p + i * strides[axis] for p in places for i in range(shape[axis])]
    return [data[p] for p in places]


def transposed(value, order):
    shape = tuple([value.shape[axis] for axis in order])
    data = contents(value)
    if data is not None:
        data = permuted(data, value.shape, order) if len(data) <= COMPUTED else None
    return _nw.view(value, shape, data=data)


def windows(value, axis, shape, step):
    """Contents of unfold(axis, ..., step), which gives this shape: the places within a window are the last axis."""
    data = contents(value)
    if data is None or not few(shape):
        return None
    after = prod(value.shape[axis + 1:])
    rows = shape[axis]
    return [data[(before * value.shape[axis] + row * step + place) * after + inner]
            for before in range(prod(shape[:axis])) for row in range(rows) for inner in range(after) for place in range(shape[-1])]


def tiled(data, shape, repeats):
    """Contents repeated in whole blocks along each axis."""
    for axis in range(len(shape) - 1, -1, -1):
        block = prod(shape[axis:])
        if block == 0:
            return []
        rows = [data[i:i + block] * repeats[axis] for i in range(0, len(data), block)]
        data = [x for row in rows for x in row]
        shape = replaced(shape, axis, shape[axis] * repeats[axis])
    return data


def order_of(dims, rank):
    check(len(dims) == rank, "permute: number of dimensions in the tensor input does not match the length of the desired ordering of dimensions")
    order = tuple([normal_dim(d, max(rank, 1)) for d in dims])
    check(len(set(order)) == len(order), "permute: duplicate dims are not allowed")
    return order


def expanded(shape, sizes):
    """x.expand(sizes): -1 keeps, 1 stretches, new axes in front."""
    check(len(sizes) >= len(shape), "the number of sizes provided must be greater or equal to the number of dimensions in the tensor")
    lead = len(sizes) - len(shape)
    result = []
    for i in range(len(sizes)):
        size = sizes[i]
        if i >= lead:
            old = shape[i - lead]
            if known(size) and size == -1:
                size = old
            else:
                check(old == 1 or old == size, "The expanded size of the tensor must match the existing size at non-singleton dimension")
        result.append(size)
    return tuple(result)


def flattened(shape, start_dim, end_dim):
    if len(shape) == 0:
        return (1,)
    start = normal_dim(start_dim, len(shape))
    end = normal_dim(end_dim, len(shape))
    check(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim")
    return tuple(shape[:start]) + (prod(shape[start:end + 1]),) + tuple(shape[end + 1:])


def parts(value, sizes, axis):
    """Views of consecutive parts along an axis."""
    data = contents(value)
    if data is not None and (len(data) > COMPUTED or not known(total(sizes))):
        data = None
    result = []
    start = 0
    for size in sizes:
        key = (slice(None),) * axis + (slice(start, start + size),)
        piece = None if data is None else taken(data, value.shape, key)
        result.append(_nw.view(value, replaced(value.shape, axis, size), data=piece))
        start = start + size
    return tuple(result)


def joined_along(values, axis):
    """Contents of tensors one after the other along an axis; behind the last one: tensors of numbers in a row."""
    pieces = [contents(value) for value in values]
    if None in pieces or total([len(piece) for piece in pieces]) > COMPUTED:
        return None
    outer = prod(values[0].shape[:axis])
    blocks = [len(piece) // outer if outer else 0 for piece in pieces]
    return [x for i in range(outer) for piece, block in zip(pieces, blocks) for x in piece[i * block:(i + 1) * block]]


def equal_parts(size, length):
    """Sizes of the parts when `size` elements are cut every `length`."""
    if size == 0:
        return [0]
    sizes = [length] * (size // length)
    return sizes + [size % length] if size % length != 0 else sizes


def concatenated(shapes, axis, name):
    """The size of a concatenation; empty vectors are skipped as torch does."""
    shapes = [s for s in shapes if not (len(s) == 1 and known(s[0]) and s[0] == 0)] or shapes[:1]
    first = shapes[0]
    axis = normal_dim(axis, len(first))
    size = 0
    for s in shapes:
        check(len(s) == len(first), "Tensors must have same number of dimensions")
        for i in range(len(first)):
            check(i == axis or s[i] == first[i], "Sizes of tensors must match except in dimension " + str(axis))
        size = size + s[axis]
    return replaced(first, axis, size)


def slid(size, window, step):
    check(window <= size, "maximum size for tensor at dimension is smaller than the window")
    return (size - window) // step + 1


# --- indexing

def is_mask(key):
    return is_tensor(key) and known(key.dtype) and (key.dtype == BOOL or key.dtype == UINT8)


def is_index(key):
    return is_tensor(key) or isinstance(key, list)


def list_shape(items):
    """Shape of a nested list of numbers."""
    shape = []
    while isinstance(items, (list, tuple)):
        shape.append(len(items))
        if len(items) == 0:
            break
        items = items[0]
    if is_tensor(items):
        shape = shape + list(items.shape)
    return tuple(shape)


def consumed(key):
    if key is None or key is Ellipsis or isinstance(key, bool):
        return 0
    return key.ndim if is_mask(key) else 1


def full_key(key, rank):
    """The key as a tuple in which an ellipsis and missing axes are written out."""
    keys = list(key) if isinstance(key, tuple) else [key]
    used = 0
    for k in keys:
        used = used + consumed(k)
    check(used <= rank, "too many indices for tensor of dimension " + str(rank), IndexError)
    rest = [slice(None)] * (rank - used)
    result = []
    found = False
    for k in keys:
        if k is Ellipsis:
            result = result + (rest if not found else [])
            found = True
        else:
            result.append(k)
    return result if found else result + rest


def true_count(mask):
    data = contents(mask)
    return _nw.unknown("how many elements a mask selects") if data is None else total([1 for x in data if x])


def index_shapes(key):
    """Shapes that one index tensor contributes to the common shape of all index tensors."""
    if isinstance(key, list):
        flags = len(key) > 0 and isinstance(key[0], bool)
        return (total([1 for x in key if x]),) if flags else list_shape(key)
    return (true_count(key),) if is_mask(key) else tuple(key.shape)


def indexed_shape(shape, key, backwards=False):
    """Shape of x[key]: basic and advanced indexing by torch's (numpy's) rules. `backwards`: slices may have negative steps, as numpy's."""
    before = []
    after = []
    common = None
    closed = False
    split = False
    axis = 0
    for k in full_key(key, len(shape)):
        if is_index(k) or (isinstance(k, bool)):
            if common is None:
                common = ()
            elif closed:
                split = True
            if isinstance(k, bool):
                common = broadcast(common, (1 if k else 0,))
            else:
                common = broadcast(common, index_shapes(k))
                axis = axis + (k.ndim if is_mask(k) else 1)
            continue
        if common is not None:
            closed = True
        if k is None:
            size = 1
        elif isinstance(k, slice):
            size = _nw.slice_length(k, shape[axis], backwards)
            axis = axis + 1
        else:
            normal_index(k, shape[axis])
            axis = axis + 1
            continue
        if common is None:
            before.append(size)
        else:
            after.append(size)
    if common is None:
        return tuple(before)
    if split:
        return tuple(common) + tuple(before) + tuple(after)
    return tuple(before) + tuple(common) + tuple(after)


def normal_index(index, size):
    check(-size <= index, "index is out of bounds for dimension", IndexError)
    check(index < size, "index is out of bounds for dimension", IndexError)
    return index + size if index < 0 else index


def is_basic(key):
    for k in key if isinstance(key, tuple) else (key,):
        if is_index(k) or isinstance(k, bool):
            return False
    return True


def taken(data, shape, key):
    """Contents of x[key] for a basic key, or None."""
    inner = prod(shape)
    places = [0]
    axis = 0
    for k in full_key(key, len(shape)):
        if k is None:
            continue
        inner = inner // max(shape[axis], 1)
        if isinstance(k, slice):
            positions = range(shape[axis])[k]
        else:
            positions = [normal_index(k, shape[axis])]
        places = [p + i * inner for p in places for i in positions]
        axis = axis + 1
    return [data[p] for p in places]


def indexed(value, key):
    shape = indexed_shape(value.shape, key)
    if not is_basic(key):
        return _nw.tensor(shape, value.dtype, like=value, data=picked(value, key))
    data = contents(value)
    if data is not None:
        data = taken(data, value.shape, key)
    return _nw.view(value, shape, data=data)


def picked(value, key):
    """Contents of vector[indices]."""
    if value.ndim != 1 or isinstance(key, tuple):
        return None
    data = contents(value)
    places = key if isinstance(key, list) else contents(key)
    if data is None or places is None or len(places) > COMPUTED or is_mask(key):
        return None
    return [data[i] for i in places] if len(places) > 0 and is_integer(places[0]) else None


# --- linear algebra

def matmul_shape(a, b):
    check(len(a) > 0 and len(b) > 0, "both arguments to matmul need to be at least 1D")
    left = (1,) + tuple(a) if len(a) == 1 else tuple(a)
    right = tuple(b) + (1,) if len(b) == 1 else tuple(b)
    check(left[-1] == right[-2], "mat1 and mat2 shapes cannot be multiplied")
    result = broadcast(left[:-2], right[:-2])
    if len(a) > 1:
        result = result + (left[-2],)
    if len(b) > 1:
        result = result + (right[-1],)
    return result


def letters_of(equation):
    """The operand parts and the result part (or None) of an einsum equation."""
    equation = equation.replace(" ", "")
    if "->" in equation:
        sides = equation.split("->")
        return sides[0].split(","), sides[1]
    return equation.split(","), None


def symbols_of(part, rank):
    """One symbol per axis of an operand; the axes of an ellipsis are numbered from the last."""
    if "..." not in part:
        check(len(part) == rank, "einsum(): the number of subscripts in the equation does not match the number of dimensions for an operand")
        return list(part)
    head = part[:part.index("...")]
    tail = part[part.index("...") + 3:]
    hidden = rank - len(head) - len(tail)
    check(hidden >= 0, "einsum(): the number of subscripts in the equation is more than the number of dimensions for an operand")
    return list(head) + [i - hidden for i in range(hidden)] + list(tail)


def einsum_shape(equation, shapes):
    parts_, result = letters_of(equation)
    check(len(parts_) == len(shapes), "einsum(): more operands were provided than specified in the equation")
    sizes = {}
    times = {}
    hidden = 0
    for i in range(len(shapes)):
        symbols = symbols_of(parts_[i], len(shapes[i]))
        for axis in range(len(symbols)):
            symbol = symbols[axis]
            size = shapes[i][axis]
            if symbol not in sizes:
                sizes[symbol] = size
            elif known(sizes[symbol]) and sizes[symbol] == 1:
                sizes[symbol] = size
            else:
                check(size == 1 or size == sizes[symbol], "einsum(): subscript has a size which does not broadcast with previously seen size")
            times[symbol] = times.get(symbol, 0) + 1
            if isinstance(symbol, int):
                hidden = max(hidden, -symbol)
    ellipsis = [i - hidden for i in range(hidden)]
    if result is None:
        symbols = ellipsis + sorted([s for s in times if isinstance(s, str) and times[s] == 1])
    elif "..." in result:
        place = result.index("...")
        symbols = list(result[:place]) + ellipsis + list(result[place + 3:])
    else:
        symbols = list(result)
    for s in symbols:
        check(s in sizes, "einsum(): output subscript does not appear in the equation for any input operand")
    return tuple([sizes[s] for s in symbols])


def sublist_equation(operands):
    """einsum(op1, [0, 1], op2, [1, 2], [0, 2]) as an equation and its operands."""
    count = len(operands) // 2
    equation = ",".join([sublist_letters(operands[2 * i + 1]) for i in range(count)])
    if len(operands) % 2 == 1:
        equation = equation + "->" + sublist_letters(operands[-1])
    return equation, [operands[2 * i] for i in range(count)]


def sublist_letters(items):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(["..." if i is Ellipsis else alphabet[i] for i in items])


# --- data from Python

def leaf_dtype(items):
    """The dtype of a nested list of numbers."""
    if is_tensor(items):
        return items.dtype
    if not isinstance(items, (list, tuple)):
        return scalar_dtype(items)
    dtype = None
    for item in items:
        found = leaf_dtype(item)
        if dtype is None:
            dtype = found
        elif dtype != found:
            dtype = _nw.promote(dtype, found)
    return FLOAT32 if dtype is None else dtype


def leaves(items):
    """The numbers of a nested list, or None where one is not known."""
    if is_tensor(items):
        return contents(items)
    if not isinstance(items, (list, tuple)):
        return [items] if known(items) and isinstance(items, (bool, int, float)) else None
    result = []
    for item in items:
        found = leaves(item)
        if found is None or len(result) > HELD:
            return None
        result.extend(found)
    return result


def from_data(data, dtype=None):
    """torch.tensor(data): a nested list, a number, an array or a tensor."""
    if is_tensor(data):
        return _nw.tensor(data.shape, or_else(dtype, data.dtype), like=data, data=_nw.flat(data))
    if hasattr(data, "_contents"):  # an array of numpy
        return _nw.tensor(data.shape, or_else(dtype, _nw.DType(data.dtype.name)), data=data._contents)
    found = _nw.nested(list(data) if isinstance(data, range) else data)
    if found is not None:
        shape, kind, held = found
        return _nw.tensor(shape, or_else(dtype, kind), data=held)
    shape = list_shape(data)
    if dtype is None:
        dtype = leaf_dtype(data)
    held = leaves(data)
    return _nw.tensor(shape, dtype, data=held if held is not None and len(held) <= HELD else None)


def arange_count(start, end, step):
    """How many numbers lie in [start, end) at this step; exact for integers, as torch for floats."""
    if isinstance(start, int) and isinstance(end, int) and isinstance(step, int):
        count = (end - start + step - 1) // step if not known(step) or step > 0 else (start - end - step - 1) // -step
    else:
        count = _nw.math("ceil", (end - start) / step)
    check(count >= 0, "upper bound and lower bound inconsistent with step sign")
    return count


def is_whole(value):
    if is_tensor(value):
        return known(value.dtype) and not value.dtype.is_floating_point
    return isinstance(value, int)


def arange(start, end, step, dtype):
    if end is None:
        start, end = 0, start
    if dtype is None:
        dtype = INT64 if is_whole(start) and is_whole(end) and is_whole(step) else FLOAT32
    start, end, step = number_of(start), number_of(end), number_of(step)
    count = arange_count(start, end, step)
    data = None
    if known(count) and count <= HELD and known(start):
        data = [start + i * step for i in range(count)]
    return _nw.tensor((count,), dtype, data=data)


def number_of(value):
    """A Python number; a scalar tensor gives its content."""
    return value.item() if is_tensor(value) else value


def linspace(start, end, steps, dtype):
    start, end, steps = number_of(start), number_of(end), number_of(steps)
    data = None
    if known(steps) and steps <= HELD and known(start) and known(end):
        step = (end - start) / (steps - 1) if steps > 1 else 0
        half = steps // 2
        data = [start + step * i if i < half or steps == 1 else end - step * (steps - 1 - i) for i in range(steps)]
    return _nw.tensor((steps,), dtype, data=data)


# --- Fourier transforms

def fft_shape(value, n, dim, half, inverse_half):
    """One transformed axis: `n` points; real transforms keep n // 2 + 1 of them."""
    axis = normal_dim(dim, value.ndim)
    size = value.shape[axis]
    if n is None:
        n = 2 * (size - 1) if inverse_half else size
    return replaced(value.shape, axis, n // 2 + 1 if half else n)


def fftn_shape(value, s, dim, half, inverse_half):
    """Several transformed axes; the halved one is the last named."""
    if dim is None:
        count = value.ndim if s is None else len(s)
        dim = [i - count for i in range(count)]
    dims = [normal_dim(d, value.ndim) for d in ((dim,) if isinstance(dim, int) else dim)]
    shape = tuple(value.shape)
    for i in range(len(dims)):
        n = shape[dims[i]]
        last = i == len(dims) - 1
        if s is not None and s[i] != -1:
            n = s[i]
        elif last and inverse_half:
            n = 2 * (n - 1)
        shape = replaced(shape, dims[i], n // 2 + 1 if last and half else n)
    return shape
