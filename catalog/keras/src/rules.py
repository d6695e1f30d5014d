"""How sizes and element types follow from the arguments; shared by the rows of Keras."""
from __future__ import annotations

import _nw
from _nw import check, known, normal_dim, prod
from keras.src import conversion, dtypes, state

convert = conversion.to_tensor
COMPUTED = 1024


def like(x, shape=None, dtype=None):
    return _nw.tensor(x.shape if shape is None else shape, x.dtype if dtype is None else dtype, like=x)


def shape_of(x):
    return tuple(convert(x).shape)


def mapped(x, name):
    """Known contents of a function of each element."""
    data = _nw.flat(x) if name is not None else None
    if data is None or len(data) > COMPUTED:
        return None
    if name == "round":
        return [round(value) for value in data]
    if name in ("log", "log2", "log10", "sqrt") and [value for value in data if value <= 0]:
        return None
    return [_nw.math(name, value) for value in data]


def real(x, name=None):
    """A function with real values of each element."""
    x = convert(x)
    return _nw.tensor(x.shape, dtypes.inexact(dtypes.name_of(x)), like=x, data=mapped(x, name))


def same(x):
    return like(convert(x))


def truth(x):
    return like(convert(x), dtype="bool")


def result_dtype(*operands):
    """As keras.backend.result_type has it of the operands."""
    return dtypes.result(*[dtypes.of_operand(x) if isinstance(x, (bool, int, float)) or _nw.is_tensor(x) or not known(x) else dtypes.name_of(convert(x)) for x in operands])


def broadcast(*operands):
    return _nw.broadcast(*[shape_of(x) for x in operands])


_FOLDED = {"add": lambda a, b: a + b, "subtract": lambda a, b: a - b, "multiply": lambda a, b: a * b, "maximum": lambda a, b: max(a, b),
           "minimum": lambda a, b: min(a, b), "floor_divide": lambda a, b: a // b if b else 0, "mod": lambda a, b: a % b if b else 0,
           "power": lambda a, b: a ** b if b >= 0 or a > 0 else 0, "divide": lambda a, b: a / b if b else 0.0,
           "equal": lambda a, b: a == b, "not_equal": lambda a, b: a != b, "less": lambda a, b: a < b, "less_equal": lambda a, b: a <= b,
           "greater": lambda a, b: a > b, "greater_equal": lambda a, b: a >= b,
           "logical_and": lambda a, b: bool(a) and bool(b), "logical_or": lambda a, b: bool(a) or bool(b), "logical_xor": lambda a, b: bool(a) != bool(b)}


def spread_out(x, shape):
    """The known contents of a tensor as they stand in a larger one of that shape, whose sizes are its own, ones or multiples."""
    data = _nw.flat(x)
    if data is None or not all([known(size) for size in shape]) or prod(shape) > COMPUTED:
        return None
    own = [1] * (len(shape) - len(x.shape)) + list(x.shape)
    if own == list(shape):
        return data
    places = [0]
    for size, wide in zip(own, shape):
        places = [place * size + i % size for place in places for i in range(wide)]
    return [data[place] for place in places]


def picked(x, positions):
    """The known contents of the elements that stand at given places of each axis, all combinations of them; None: not known."""
    data = _nw.flat(x)
    if data is None or len(data) > COMPUTED or prod([len(chosen) for chosen in positions]) > COMPUTED:
        return None
    places = [0]
    for size, chosen in zip(x.shape, positions):
        places = [place * size + i for place in places for i in chosen]
    return [data[place] for place in places]


def picked_along(x, axis, chosen):
    """The same with all places of the other axes."""
    if _nw.flat(x) is None:
        return None
    return picked(x, [chosen if i == axis else list(range(x.shape[i])) for i in range(len(x.shape))])


def joined(parts, axis):
    """The known contents of tensors one after the other along an axis, behind the last one: tensors of numbers in a row."""
    pieces = [_nw.flat(part) for part in parts]
    if None in pieces or sum([len(piece) for piece in pieces]) > COMPUTED:
        return None
    outer = prod(parts[0].shape[:axis])
    blocks = [len(piece) // outer if outer else 0 for piece in pieces]
    return [value for i in range(outer) for piece, block in zip(pieces, blocks) for value in piece[i * block:(i + 1) * block]]


def distinct(data):
    """The different numbers in order, the place of each element among them, and how often each occurs."""
    values = sorted(set(data))
    number = {value: i for i, value in enumerate(values)}
    places, counts = [number[x] for x in data], [0] * len(values)
    for place in places:
        counts[place] += 1
    return values, places, counts


def each(x, function, dtype=None):
    """A function of each element, which may be known."""
    data = _nw.flat(x)
    return _nw.tensor(x.shape, x.dtype if dtype is None else dtype, like=x, data=[function(value) for value in data] if data is not None and len(data) <= COMPUTED else None)


def _folded(name, a, b, shape, dtype):
    """Known contents of small results."""
    if name not in _FOLDED:
        return None
    left, right = spread_out(a, shape), spread_out(b, shape)
    if left is None or right is None:
        return None
    if name in ("floor_divide", "mod", "divide") and 0 in right:
        return None
    if name == "power" and [b for b in right if b < 0] and (not known(dtype) or not dtypes.is_float(dtype) or [a for a in left if a <= 0]):
        return None
    function = _FOLDED[name]
    return [function(x, y) for x, y in zip(left, right)]


def combined(name, x1, x2, dtype):
    a, b = convert(x1), convert(x2)
    shape = _nw.broadcast(a.shape, b.shape)
    return _nw.tensor(shape, dtype, data=_folded(name, a, b, shape, dtype))


def no_truths(name, dtype):
    """TensorFlow has no sums and products of truth values."""
    if known(dtype) and dtype == "bool" and name in ("add", "subtract", "multiply", "floor_divide", "power", "mod"):
        raise TypeError("Value for attr 'T' of bool is not in the list of allowed values")


def binary(name, x1, x2):
    dtype = result_dtype(x1, x2)
    no_truths(name, dtype)
    return combined(name, x1, x2, dtype)


def smooth(x):
    """A function that TensorFlow has for floating numbers only."""
    x = convert(x)
    name = dtypes.name_of(x)
    if known(name) and not dtypes.is_float(name) and not name.startswith("complex"):
        raise TypeError("Value for attr 'T' of " + name + " is not in the list of allowed values")
    return like(x)


def float_binary(name, x1, x2):
    return combined(name, x1, x2, dtypes.inexact(result_dtype(x1, x2)))


def compared(name, x1, x2):
    result_dtype(x1, x2)
    return combined(name, x1, x2, "bool")


def axes_of(axis, rank):
    """Axes as a list of positive numbers; None: all."""
    if axis is None:
        return list(range(rank))
    found = [normal_dim(one, rank) for one in (axis if isinstance(axis, (list, tuple)) else [axis])]
    check(len(set(found)) == len(found), "Invalid reduction axes", ValueError)
    if rank == 0 and found:
        check(False, "axis is out of bounds for array of dimension 0", ValueError)
    return found


def _product(values):
    result = 1
    for value in values:
        result = result * value
    return result


_TOTALS = {"sum": sum, "prod": _product, "max": max, "min": min, "mean": lambda values: sum(values) / len(values)}


def reduced(x, axis, keepdims, dtype, name=None):
    x = convert(x)
    axes = axes_of(axis, len(x.shape))
    data = _nw.flat(x) if name in _TOTALS and len(axes) == len(x.shape) else None
    if data:
        return _nw.tensor([1] * len(x.shape) if keepdims else (), x.dtype if dtype is None else dtype, like=x, data=[_TOTALS[name](data)])
    if keepdims:
        shape = [1 if i in axes else x.shape[i] for i in range(len(x.shape))]
    else:
        shape = [x.shape[i] for i in range(len(x.shape)) if i not in axes]
    return like(x, shape, dtype)


def summed(name):
    if name in ("bool", "int8", "int16"):
        return "int32"
    return "uint32" if name in ("uint8", "uint16") else name


def numbers(value, count):
    """One number for each spatial axis, as a tuple."""
    if isinstance(value, int):
        return (value,) * count
    made = tuple(value)
    check(len(made) == count, "The argument must be a tuple of another length.", ValueError)
    for one in made:
        check(isinstance(one, int), "The argument must be a tuple of integers.", ValueError)
    return made


def window(size, kernel, stride, dilation, padding):
    """Positions of a window along an axis."""
    if padding == "same":
        return (size + stride - 1) // stride
    reach = dilation * (kernel - 1) + 1
    if padding == "causal":
        return (size - 1) // stride + 1
    check(size >= reach, "Computed output size would be negative or zero.", ValueError)
    return (size - reach) // stride + 1


def spatial(shape, data_format):
    return tuple(shape[1:-1]) if data_format == "channels_last" else tuple(shape[2:])


def channels(shape, data_format):
    return shape[-1] if data_format == "channels_last" else shape[1]


def arranged(batch, sizes, count, data_format):
    if data_format == "channels_last":
        return (batch,) + tuple(sizes) + (count,)
    return (batch, count) + tuple(sizes)


def windows(shape, kernel, strides, dilation, padding, data_format):
    return [window(size, k, s, d, padding) for size, k, s, d in zip(spatial(shape, data_format), kernel, strides, dilation)]


def transposed_size(size, kernel, stride, padding, output_padding, dilation):
    """A transposed convolution along an axis, as keras.layers.Conv2DTranspose has it."""
    reach = dilation * (kernel - 1) + 1
    if output_padding is None:
        return size * stride if padding == "same" else size * stride + max(reach - stride, 0)
    if padding == "same":
        return (size - 1) * stride + reach - 2 * (reach // 2) + output_padding
    return (size - 1) * stride + reach + output_padding


def permuted(x, order):
    shape = [x.shape[i] for i in order]
    data = _nw.flat(x)
    if data is None or len(data) > COMPUTED:
        return _nw.view(x, shape)
    strides = [prod(x.shape[i + 1:]) for i in order]
    places = [0]
    for size, stride in zip(shape, strides):
        places = [place + i * stride for place in places for i in range(size)]
    return _nw.view(x, shape, data=[data[place] for place in places])


def concatenated(shapes, axis):
    first = list(shapes[0])
    axis = normal_dim(axis, len(first))
    total = 0
    for shape in shapes:
        check(len(shape) == len(first), "All inputs must have the same rank.", ValueError)
        for i in range(len(first)):
            check(i == axis or shape[i] == first[i], "Dimensions must match except on the axis of the concatenation.", ValueError)
        total = total + shape[axis]
    first[axis] = total
    return first


def inserted(shape, axis, size):
    return list(shape[:axis]) + [size] + list(shape[axis:])


def matmul_shape(a, b):
    check(len(a) > 0 and len(b) > 0, "matmul needs operands of at least one dimension", ValueError)
    left = [1] + list(a) if len(a) == 1 else list(a)
    right = list(b) + [1] if len(b) == 1 else list(b)
    check(left[-1] == right[-2], "Inner dimensions must match.", ValueError)
    shape = list(_nw.broadcast(left[:-2], right[:-2])) + [left[-2], right[-1]]
    if len(a) == 1:
        del shape[-2]
    if len(b) == 1:
        del shape[-1]
    return shape


# Equations of keras.ops.einsum that become a matmul on the TensorFlow backend, and the letters whose sizes broadcast there.
_BATCHES = {"abcd,abde->abce": "ab", "abcd,abed->abce": "ab", "abcd,acbe->adbe": "ab", "abcd,adbe->acbe": "ab", "abcd,aecd->acbe": "ac", "abcd,aecd->aceb": "ac"}


def einsum_batches(subscripts):
    """The letters of an equation of keras.ops.einsum that may have sizes 1 and n in two operands."""
    names = {}
    plain = ""
    for letter in subscripts:
        if letter.isalpha():
            if letter not in names:
                names[letter] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(names)]
            letter = names[letter]
        plain = plain + letter
    batches = _BATCHES.get(plain, "")
    return [letter for letter in names if names[letter] in batches]


def einsum_shape(subscripts, shapes, batches=()):
    """The result's sizes of an equation with letters and `...`; only the letters `batches` broadcast, whereas in PyTorch all do."""
    text = subscripts.replace(" ", "")
    parts = text.split("->")
    inputs = parts[0].split(",")
    check(len(inputs) == len(shapes), "The equation and the operands do not match.", ValueError)
    sizes = {}
    extra = []
    for term, shape in zip(inputs, shapes):
        letters = term.replace("...", "*")
        count = len(shape) - (len(letters) - (1 if "*" in letters else 0))
        check(count >= 0 if "*" in letters else count == 0, "The equation does not fit the rank of an operand.", ValueError)
        position = 0
        for letter in letters:
            if letter == "*":
                extra = list(_nw.broadcast(extra, shape[position:position + count]))
                position += count
            else:
                if letter not in sizes:
                    sizes[letter] = shape[position]
                else:
                    sizes[letter] = _same_letter(sizes[letter], shape[position], letter in batches)
                position += 1
    if len(parts) == 2:
        output = parts[1].replace("...", "*")
    else:
        joined = "".join(inputs).replace("...", "")
        output = "".join(sorted([letter for letter in sizes if joined.count(letter) == 1]))
    check("*" in output or prod(extra) == 1, "Output contains broadcasting dimensions but no ellipsis", ValueError)
    shape = []
    for letter in output:
        if letter == "*":
            shape.extend(extra)
        else:
            check(letter in sizes, "A letter of the result stands in no operand.", ValueError)
            shape.append(sizes[letter])
    return shape


def _same_letter(first, second, broadcasts):
    """The size of a letter that stands for two; an unknown one may be any."""
    if known(first) and known(second):
        check(first == second or broadcasts and (first == 1 or second == 1), "Sizes of one letter differ; einsum does not broadcast them.", ValueError)
    elif not (known(first) and first == 1 or known(second) and second == 1):
        check(first == second, "Sizes of one letter differ.", ValueError)
    return second if known(first) and first == 1 else first


def sizes_of(shape):
    """A shape argument: numbers, or tensors with one known number."""
    if _nw.is_tensor(shape):
        data = _nw.flat(shape)
        if data is not None:
            return list(data)
        if len(shape.shape) == 1 and known(shape.shape[0]):
            return [_nw.unknown("a size that a tensor holds", number=True) for i in range(shape.shape[0])]
        return _nw.unknown("a shape that a tensor holds")
    found = []
    for size in ([shape] if isinstance(shape, int) else shape):
        if _nw.is_tensor(size):
            value = _nw.constant(size)
            size = value if value is not None else _nw.unknown("a size that a tensor holds", number=True)
        found.append(size)
    return found


def reshaped(x, sizes):
    x = convert(x)
    shape = _nw.reshaped(x.shape, tuple(sizes_of(sizes)))
    return _nw.view(x, shape, data=_nw.flat(x))


def banded(x, lower, upper):
    """The elements of matrices with zeros outside of a band, None without a bound; None where they are not known."""
    data = _nw.flat(x)
    if data is None or len(data) > COMPUTED or not known(lower) or not known(upper):
        return None
    rows, columns = x.shape[-2], x.shape[-1]
    made = []
    for i in range(len(data)):
        below = i // columns % rows - i % columns
        made.append(data[i] if (lower is None or below <= lower) and (upper is None or -below <= upper) else 0)
    return made
