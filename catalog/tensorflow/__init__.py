"""TensorFlow: what Keras code calls beside Keras."""
from __future__ import annotations

import builtins

import _nw
from _nw import check, known, normal_dim, op
from _nw import prod as _count
from keras.src import conversion, dtypes, rules, state, symbolic
from keras.src import operators as _operators
from keras.src.tensor import Tensor, TensorShape
from keras.src.variables import Variable as _KerasVariable

__public__ = "tensorflow"
__version__ = "2.21.0"

newaxis = None
bool = _nw.DType("bool")
float16, bfloat16, float32, float64 = _nw.DType("float16"), _nw.DType("bfloat16"), _nw.DType("float32"), _nw.DType("float64")
half, double = float16, float64
int8, int16, int32, int64 = _nw.DType("int8"), _nw.DType("int16"), _nw.DType("int32"), _nw.DType("int64")
uint8, uint16, uint32, uint64 = _nw.DType("uint8"), _nw.DType("uint16"), _nw.DType("uint32"), _nw.DType("uint64")
complex64, complex128 = _nw.DType("complex64"), _nw.DType("complex128")
string = "string"
DType = _nw.DType


def as_dtype(type_value):
    return _nw.DType(dtypes.standardize(type_value))


def _one(x, dtype=None):
    """An argument as a tensor; symbolic ones are refused as TensorFlow refuses them."""
    if symbolic.is_symbolic(x):
        raise ValueError("A KerasTensor cannot be used as input to a TensorFlow function.")
    if dtype is None and _is_open_size(x):
        return _nw.tensor((), "int32")
    return rules.convert(x, dtype)


class _OpenSizes:
    """Sizes of which one is not known, where TensorFlow has a tensor, which would not hold it."""

    def __init__(self, sizes):
        self.sizes = sizes

    def __len__(self):
        return len(self.sizes)

    def __iter__(self):
        return iter(self.sizes)

    def __getitem__(self, key):
        return _OpenSizes(self.sizes[key]) if isinstance(key, slice) else self.sizes[key]


def _is_open_size(x):
    """Whether a value is a whole number that is not known."""
    whole = isinstance(x, int)
    return not known(x) and known(whole) and whole


def _is_open(x):
    """Whether a value is a list of sizes of which one is not known."""
    return isinstance(x, _OpenSizes) or (isinstance(x, (list, tuple)) and len([one for one in x if _is_open_size(one)]) > 0)


def _listed(x):
    """The numbers of a list or tensor of sizes."""
    return rules.sizes_of(x) if _nw.is_tensor(x) or isinstance(x, (list, tuple, _OpenSizes)) else [x]


def _plain(x, dtype=None):
    x = _one(x)
    return rules.like(x, dtype=dtype)


def _part(x):
    """What a complex number has two of; a real one is its own."""
    x = _one(x)
    return rules.like(x, dtype=dtypes.real_of(dtypes.name_of(x)))


def _floating(x):
    x = _one(x)
    name = dtypes.name_of(x)
    if known(name) and not dtypes.is_float(name) and not name.startswith("complex"):
        raise TypeError("Value passed to parameter 'x' has DataType " + name + " not in list of allowed values")
    return rules.like(x)


def _two(name, x, y, dtype=None):
    a, b = _operators._pair(x, y) if _nw.is_tensor(x) or _nw.is_tensor(y) else (_one(x), _one(y))
    return rules.combined(name, a, b, dtypes.name_of(a) if dtype is None else dtype)


def _axis(axis):
    """An axis argument: numbers, or a tensor of known ones."""
    if axis is not None and _nw.is_tensor(axis):
        data = _nw.flat(axis)
        if data is None:
            return _nw.unknown("axes that a tensor holds")
        return data[0] if len(axis.shape) == 0 else data
    return axis


class Module:
    def __init__(self, name=None):
        self.name = name


@op(pivot="identity(value)")
def _variable(value) -> Tensor:
    return _nw.tensor(value.shape, like=value, data=_nw.flat(value))


class Variable(_KerasVariable):
    """A tensor that can be written to. Layers of Keras do not count it among their weights."""

    def __new__(cls, initial_value=None, trainable=None, validate_shape=True, caching_device=None, name=None, variable_def=None, dtype=None, import_scope=None,
                constraint=None, synchronization=None, aggregation=None, shape=None, **kwargs):
        made = _variable(_one(initial_value() if callable(initial_value) else initial_value, dtype))
        made.name = ("Variable" if name is None else name) + ":0"
        made.trainable = trainable is not False
        return made


def function(func=None, *args, **kwargs):
    if func is None:
        return lambda f: f
    return func


def py_function(func, inp, Tout, name=None):
    return _nw.unknown("what tf.py_function computes")


numpy_function = py_function


class name_scope:
    def __init__(self, name=None, *args, **kwargs):
        self.name = name

    def __enter__(self):
        return self.name

    def __exit__(self, *args):
        return None


variable_scope = name_scope


def device(device_name):
    return name_scope(device_name)


def control_dependencies(control_inputs):
    return name_scope("control")


def init_scope():
    return name_scope("init")


def is_tensor(x):
    return _nw.is_tensor(x) or symbolic.is_symbolic(x)


def executing_eagerly():
    return not _nw.is_tracing()


def custom_gradient(f):
    return lambda *args, **kwargs: f(*args, **kwargs)[0]


def no_gradient(op_type):
    return None


def print(*args, **kwargs):
    return None


def Assert(condition, data, summarize=None, name=None):
    return None


def group(*inputs, **kwargs):
    return None


def cond(pred, true_fn=None, false_fn=None, name=None):
    if _nw.is_tensor(pred):
        value = _nw.constant(pred)
        if value is None:
            return _nw.unknown("a branch that a tensor chooses")
        pred = value
    return true_fn() if pred else false_fn()


def case(*args, **kwargs):
    return _nw.unknown("a branch that a tensor chooses")


def while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, maximum_iterations=None, name=None):
    from keras.src.ops import core
    values = core.while_loop(cond, body, tuple(loop_vars), maximum_iterations)
    return list(values) if isinstance(loop_vars, list) else values


def map_fn(fn, elems, dtype=None, parallel_iterations=None, back_prop=True, swap_memory=False, infer_shape=True, name=None, fn_output_signature=None):
    many = isinstance(elems, (list, tuple))
    first = elems[0] if many else elems
    results = [fn(tuple([x[i] for x in elems]) if isinstance(elems, tuple) else [x[i] for x in elems] if many else elems[i]) for i in builtins.range(first.shape[0])]
    if isinstance(results[0], (list, tuple)):
        made = [stack([one[k] for one in results]) for k in builtins.range(len(results[0]))]
        return tuple(made) if isinstance(results[0], tuple) else made
    return stack(results)


vectorized_map = map_fn


def scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True, reverse=False, name=None):
    from keras.src import tree
    order = list(builtins.range(tree.flatten(elems)[0].shape[0]))
    order = order[::-1] if reverse else order
    value = tree.map_structure(lambda x: x[order[0]], elems) if initializer is None else initializer
    made = [value] if initializer is None else []
    for i in order[1:] if initializer is None else order:
        value = fn(value, tree.map_structure(lambda x: x[i], elems))
        made.append(value)
    made = made[::-1] if reverse else made
    return tree.map_structure(lambda *each: stack(list(each)), *made)


def GradientTape(*args, **kwargs):
    return _nw.unknown("a gradient")


def gradients(*args, **kwargs):
    return _nw.unknown("a gradient")


def get_static_value(tensor, partial=False):
    return _nw.constant(tensor) if _nw.is_tensor(tensor) else tensor


def ensure_shape(x, shape, name=None):
    return x


def broadcast_static_shape(shape_x, shape_y):
    return TensorShape(_nw.broadcast(shape_x, shape_y))


@op(pivot="constant(value, dtype=dtype)")
def constant(value, dtype=None, shape=None, name="Const") -> Tensor:
    made = _one(value, dtype)
    if shape is None:
        return made
    data = _nw.flat(made)
    count = _count(shape)
    return _nw.tensor(shape, made.dtype, data=data * count if data is not None and len(data) == 1 else data)


def convert_to_tensor(value, dtype=None, dtype_hint=None, name=None):
    if _nw.is_tensor(value):
        if dtype is not None and dtypes.name_of(value) != dtypes.standardize(dtype):
            raise ValueError("Tensor conversion requested another dtype")
        return value
    return constant(value, dtype)


@op(pivot="cast(x, dtype)")
def cast(x, dtype, name=None) -> Tensor:
    x = _one(x)
    return _nw.tensor(x.shape, dtypes.standardize(dtype), like=x, data=_nw.flat(x))


@op(pivot="cast(value, dtype)")
def saturate_cast(value, dtype, name=None) -> Tensor:
    return rules.like(_one(value), dtype=dtypes.standardize(dtype))


@op(pivot="shape_of(input)")
def shape(input, out_type=None, name=None) -> Tensor:
    x = _one(input)
    sizes = list(x.shape)
    if not builtins.all([known(size) for size in sizes]):
        return tuple(sizes)  # a tensor would not hold what is not a number
    return _nw.tensor((len(sizes),), dtypes.standardize(out_type) if out_type is not None else "int32", data=sizes)


@op
def shape_n(input, out_type=None, name=None) -> list[Tensor]:
    return [shape(x) for x in input]


def rank(input, name=None):
    return _nw.tensor((), "int32", data=[len(_one(input).shape)])


def size(input, out_type=None, name=None):
    x = _one(input)
    count = _count(x.shape)
    return _nw.tensor((), dtypes.standardize(out_type) if out_type is not None else "int32", data=[count] if known(count) else None)


@op(pivot="reshape(tensor, shape)")
def reshape(tensor, shape, name=None) -> Tensor:
    return rules.reshaped(_one(tensor), shape)


@op(pivot="transpose(a, permutation=perm)")
def transpose(a, perm=None, conjugate=False, name="transpose") -> Tensor:
    x = _one(a)
    count = len(x.shape)
    order = [normal_dim(d, count) for d in _axis(perm)] if perm is not None else [count - 1 - i for i in builtins.range(count)]
    check(sorted(order) == list(builtins.range(count)), "perm must be a permutation", ValueError)
    return rules.permuted(x, order)


@op(pivot="expand_dims(input, axis=axis)")
def expand_dims(input, axis, name=None) -> Tensor:
    if _is_open_size(input):
        return _OpenSizes([input])
    x = _one(input)
    if axis is None:
        raise TypeError("expand_dims needs an axis")
    if isinstance(axis, (list, tuple)) and len(axis) == 1:
        axis = axis[0]
    return _nw.view(x, rules.inserted(x.shape, normal_dim(_axis(axis), len(x.shape) + 1), 1), data=_nw.flat(x))


@op(pivot="squeeze(input, axes=axis)")
def squeeze(input, axis=None, name=None) -> Tensor:
    from keras.src.ops import numpy
    return numpy.squeeze(_one(input), None if axis == [] else axis)


@op(pivot="concatenate(values, axis=axis)")
def concat(values, axis, name="concat") -> Tensor:
    if not isinstance(values, (list, tuple)):
        return rules.same(_one(values))
    if len([one for one in values if _is_open(one)]) > 0:
        return _OpenSizes([size for one in values for size in _listed(one)])
    first = None
    for x in values:
        if _nw.is_tensor(x) and first is None:
            first = dtypes.name_of(x)
    parts = [x if _nw.is_tensor(x) else _one(x, first) for x in values]
    axis = normal_dim(_axis(axis), len(parts[0].shape))
    return _nw.tensor(rules.concatenated([x.shape for x in parts], axis), _agreed(parts), data=rules.joined(parts, axis))


def _agreed(parts):
    name = dtypes.name_of(parts[0])
    for x in parts:
        own = dtypes.name_of(x)
        if known(own) and known(name) and own != name:
            raise TypeError("Tensors in list passed to the operator have types that don't all match.")
    return name


@op(pivot="stack(values, axis=axis)")
def stack(values, axis=0, name="stack") -> Tensor:
    from keras.src.ops import numpy
    if isinstance(values, (list, tuple)) and _is_open(values):
        return _OpenSizes(_listed(values))
    made = numpy.stack(values if isinstance(values, (list, tuple)) else [values[i] for i in builtins.range(values.shape[0])], _axis(axis))
    return made


@op(pivot="unstack(value, axis=axis)")
def unstack(value, num=None, axis=0, name="unstack") -> list[Tensor]:
    if _is_open(value):
        return list(value)
    x = _one(value)
    axis = normal_dim(axis, len(x.shape))
    rest = list(x.shape[:axis]) + list(x.shape[axis + 1:])
    data = _nw.flat(x) if len(x.shape) == 1 else None
    return [_nw.view(x, rest, data=[data[i]] if data is not None else None) for i in builtins.range(x.shape[axis] if num is None else num)]


@op(pivot="split(value, num_or_size_splits, axis=axis)")
def split(value, num_or_size_splits, axis=0, num=None, name="split") -> list[Tensor]:
    x = _one(value)
    axis = normal_dim(_axis(axis), len(x.shape))
    whole = x.shape[axis]
    if isinstance(num_or_size_splits, int):
        check(whole % num_or_size_splits == 0, "Number of ways to split should evenly divide the split dimension", ValueError)
        sizes = [whole // num_or_size_splits] * num_or_size_splits
    else:
        sizes = rules.sizes_of(num_or_size_splits)
        given = 0
        for one in sizes:
            given = given + (0 if one == -1 else one)
        sizes = [whole - given if one == -1 else one for one in sizes]
    from keras.src.ops import numpy
    return numpy.pieces(x, sizes, axis)


@op(pivot="tile(input, multiples)")
def tile(input, multiples, name=None) -> Tensor:
    x = _one(input)
    counts = rules.sizes_of(multiples)
    check(len(counts) == len(x.shape), "Expected multiples argument to have one entry for each dimension", ValueError)
    from keras.src.ops import numpy
    return numpy.tile(x, counts)


@op(pivot="repeat(input, count=repeats, axis=axis) if isinstance(repeats, int) else None")
def repeat(input, repeats, axis=None, name=None) -> Tensor:
    from keras.src.ops import numpy
    x = _one(input)
    count = _axis(repeats) if _nw.is_tensor(repeats) and len(repeats.shape) == 0 else repeats
    if not known(count) and axis is not None:
        axis = normal_dim(axis, len(x.shape))
        return rules.like(x, list(x.shape[:axis]) + [x.shape[axis] * count] + list(x.shape[axis + 1:]))
    return numpy.repeat(x, count, axis)


@op(pivot="broadcast_to(input, shape)")
def broadcast_to(input, shape, name=None) -> Tensor:
    from keras.src.ops import numpy
    return numpy.broadcast_to(_one(input), shape)


@op(pivot="flip(tensor, axes=axis)")
def reverse(tensor, axis, name=None) -> Tensor:
    from keras.src.ops import numpy
    return numpy.flip(_one(tensor), _axis(axis))


@op(pivot="roll(input, shifts=shift, axes=axis)")
def roll(input, shift, axis, name=None) -> Tensor:
    return _plain(input)


@op(pivot="pad(tensor, widths=paddings, mode=mode.lower(), value=constant_values) if mode.lower() in ('constant', 'reflect') else None")
def pad(tensor, paddings, mode="CONSTANT", constant_values=0, name=None) -> Tensor:
    x = _one(tensor)
    if _nw.is_tensor(paddings):
        paddings = _nw.constant(paddings)
        if paddings is None:
            return _nw.tensor([_nw.unknown("a width that a tensor holds") for size in x.shape], x.dtype)
    check(len(paddings) == len(x.shape), "The first dimension of paddings must be the rank of inputs", ValueError)
    sizes = []
    for one, pair in zip(x.shape, paddings):
        pair = rules.sizes_of(pair)
        sizes.append(one + pair[0] + pair[1])
    return rules.like(x, sizes)


@op(pivot="take(params, indices, axis=0 if axis is None else axis) if batch_dims == 0 else None")
def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None) -> Tensor:
    x, index = _one(params), _one(indices)
    axis = normal_dim(batch_dims if axis is None else _axis(axis), len(x.shape))
    if batch_dims == 0:
        from keras.src.ops import numpy
        return numpy.take(x, index, axis)
    return rules.like(x, list(x.shape[:axis]) + list(index.shape[batch_dims:]) + list(x.shape[axis + 1:]))


@op
def gather_nd(params, indices, batch_dims=0, name=None, bad_indices_policy="") -> Tensor:
    x, index = _one(params), _one(indices)
    return rules.like(x, list(index.shape[:-1]) + list(x.shape[batch_dims + index.shape[-1]:]))


@op
def scatter_nd(indices, updates, shape, bad_indices_policy="", name=None) -> Tensor:
    return rules.like(_one(updates), rules.sizes_of(shape))


@op
def tensor_scatter_nd_update(tensor, indices, updates, name=None) -> Tensor:
    return _plain(tensor)


@op
def tensor_scatter_nd_add(tensor, indices, updates, bad_indices_policy="", name=None) -> Tensor:
    return _plain(tensor)


@op(pivot="where(condition, x, y) if x is not None else None")
def where(condition, x=None, y=None, name=None) -> Any:
    if x is None and y is None:
        c = _one(condition)
        return _nw.tensor((_nw.unknown("how many elements are true", number=True), len(c.shape)), "int64")
    a, b = _operators._pair(x, y) if _nw.is_tensor(x) or _nw.is_tensor(y) else (_one(x), _one(y))
    return _nw.tensor(rules.broadcast(condition, a, b), dtypes.name_of(a))


@op(pivot="masked_select(tensor, mask)")
def boolean_mask(tensor, mask, axis=None, name="boolean_mask") -> Tensor:
    x, m = _one(tensor), _one(mask)
    first = 0 if axis is None else axis
    return rules.like(x, list(x.shape[:first]) + [_nw.unknown("how many elements a mask selects", number=True)] + list(x.shape[first + len(m.shape):]))


@op(pivot="one_hot(indices, classes=depth) if axis in (None, -1) and on_value is None and off_value is None else None")
def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None) -> Tensor:
    x = _one(indices)
    axis = -1 if axis is None else axis
    count = rules.sizes_of([depth])[0]
    return _nw.tensor(rules.inserted(x.shape, normal_dim(axis, len(x.shape) + 1), count), dtypes.standardize(dtype) if dtype is not None else "float32")


def slice(input_, begin, size, name=None):
    return _one(input_)[tuple([builtins.slice(start, None if count == -1 else start + count) for start, count in zip(begin, size)])]


def strided_slice(input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, var=None, name=None):
    if begin_mask or end_mask or ellipsis_mask or new_axis_mask or shrink_axis_mask:
        return _nw.unknown("tf.strided_slice with masks")
    steps = [1] * len(begin) if strides is None else list(strides)
    return _one(input_)[tuple([builtins.slice(start, stop, step) for start, stop, step in zip(begin, end, steps)])]


@op
def sequence_mask(lengths, maxlen=None, dtype=None, name=None) -> Tensor:
    x = _one(lengths)
    data = _nw.flat(x)
    count = _axis(maxlen) if maxlen is not None else builtins.max(data) if data else _nw.unknown("the longest length")
    if data is not None:
        data = [1 if i < one else 0 for one in data for i in builtins.range(count)] if known(count) and count * len(data) <= rules.COMPUTED else None
    return _nw.tensor(list(x.shape) + [count], "bool" if dtype is None else dtypes.standardize(dtype), data=data)


@op(pivot="identity(input)")
def identity(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="stop_gradient(input)")
def stop_gradient(input, name=None) -> Tensor:
    return _plain(input)


@op(pivot="matmul(a, b) if not transpose_a and not transpose_b and not adjoint_a and not adjoint_b else matmul(a, swap_axes(b, -1, -2)) if transpose_b and not transpose_a and not adjoint_a and not adjoint_b else matmul(swap_axes(a, -1, -2), b) if transpose_a and not transpose_b and not adjoint_a and not adjoint_b else None")
def matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None,
           grad_a=False, grad_b=False, name=None) -> Tensor:
    a, b = _operators._pair(a, b) if _nw.is_tensor(a) or _nw.is_tensor(b) else (_one(a), _one(b))
    check(len(a.shape) > 1 and len(b.shape) > 1, "matmul needs operands of at least two dimensions", ValueError)
    return _nw.tensor(rules.matmul_shape(_turned(a.shape, transpose_a or adjoint_a), _turned(b.shape, transpose_b or adjoint_b)), dtypes.name_of(a))


def _turned(shape, turned):
    return list(shape[:-2]) + [shape[-1], shape[-2]] if turned else list(shape)


@op(pivot="einsum(equation, *inputs)")
def einsum(equation, *inputs, **kwargs) -> Tensor:
    parts = [_one(x) for x in inputs]
    return _nw.tensor(rules.einsum_shape(equation, [x.shape for x in parts]), _agreed(parts))


@op(pivot="tensordot(a, b, axes=axes)")
def tensordot(a, b, axes, name=None) -> Tensor:
    from keras.src.ops import numpy
    return numpy.tensordot(_one(a), _one(b), axes)


# --- creation

def _filled(shape, name, value):
    sizes = rules.sizes_of(shape)
    small = value is not None and builtins.all([known(one) for one in sizes]) and _count(sizes) <= rules.COMPUTED
    return _nw.tensor(sizes, name, data=[value] * _count(sizes) if small else None)


@op(pivot="zeros(shape, dtype=dtype)")
def zeros(shape, dtype="float32", name=None, layout=None) -> Tensor:
    return _filled(shape, dtypes.standardize(dtype), 0)


@op(pivot="ones(shape, dtype=dtype)")
def ones(shape, dtype="float32", name=None, layout=None) -> Tensor:
    return _filled(shape, dtypes.standardize(dtype), 1)


@op(pivot="full(dims, value)")
def fill(dims, value, name=None) -> Tensor:
    made = _one(value)
    return _filled(dims, dtypes.name_of(made), _nw.constant(made))


@op(pivot="zeros(input.shape, dtype=dtype)")
def zeros_like(input, dtype=None, name=None, layout=None) -> Tensor:
    return _plain(input, dtypes.standardize(dtype) if dtype is not None else None)


@op(pivot="ones(input.shape, dtype=dtype)")
def ones_like(input, dtype=None, name=None, layout=None) -> Tensor:
    return _plain(input, dtypes.standardize(dtype) if dtype is not None else None)


@op(pivot="eye(num_rows, num_rows if num_columns is None else num_columns, dtype=dtype) if batch_shape is None else None")
def eye(num_rows, num_columns=None, batch_shape=None, dtype="float32", name=None) -> Tensor:
    from keras.src.ops import numpy
    sizes = rules.sizes_of([num_rows, num_rows if num_columns is None else num_columns])
    made = numpy.eye(sizes[0], sizes[1], dtype=dtype)
    return made if batch_shape is None else _nw.tensor(rules.sizes_of(batch_shape) + sizes, made.dtype)


@op(pivot="range(0 if limit is None else start, start if limit is None else limit, delta, dtype=dtype)")
def range(start, limit=None, delta=1, dtype=None, name="range") -> Tensor:
    from keras.src.ops import numpy
    if limit is None:
        start, limit = 0, start
    if dtype is None:
        names = [dtypes.name_of(_one(x)) for x in (start, limit, delta)]
        dtype = "float64" if "float64" in names else "float32" if "float32" in names else "int64" if "int64" in names else "int32"
    return numpy.arange(start, limit, delta, dtype=dtype)


@op(pivot="linear_space(start, stop, count=num) if axis == 0 else None")
def linspace(start, stop, num, name=None, axis=0) -> Tensor:
    a = _one(start)
    from keras.src.ops import numpy
    name = dtypes.name_of(a)
    return numpy.linspace(a, stop, rules.sizes_of([num])[0], dtype=name if dtypes.is_float(name) else "float64", axis=axis)


@op(pivot="mesh_grid(args, indexing=indexing)")
def meshgrid(*args, indexing="xy", name=None) -> list[Tensor]:
    from keras.src.ops import numpy
    return numpy.meshgrid(*args, indexing=indexing)


# --- elementwise and reductions

@op(pivot="clip(t, low=clip_value_min, high=clip_value_max)")
def clip_by_value(t, clip_value_min, clip_value_max, name=None) -> Tensor:
    return _plain(t)


def clip_by_norm(t, clip_norm, axes=None, name=None):
    squares = reduce_sum(multiply(t, t), axes, True)
    norms = sqrt(where(greater(squares, 0), squares, ones_like(squares)))
    norms = where(greater(squares, 0), norms, squares)
    return truediv(multiply(t, clip_norm), maximum(norms, clip_norm))


@op(pivot="truncated_divide(x, y)")
def truncatediv(x, y, name=None) -> Tensor:
    return _two("truncatediv", x, y)


@op(pivot="truncated_remainder(x, y)")
def truncatemod(x, y, name=None) -> Tensor:
    return _two("truncatemod", x, y)


@op(pivot="divide(x, y)")
def truediv(x, y, name=None) -> Tensor:
    return _operators.true_divide(x if _nw.is_tensor(x) or _nw.is_tensor(y) else _one(x), y)


divide = truediv


@op
def divide_no_nan(x, y, name=None) -> Tensor:
    return _two("divide_no_nan", x, y)


@op(pivot="add(*inputs)")
def add_n(inputs, name=None) -> Tensor:
    return _plain(inputs[0])


@op(pivot="argmax(input, axis=0 if axis is None else axis, keepdims=False)")
def argmax(input, axis=None, output_type=None, name=None) -> Tensor:
    return rules.reduced(_one(input), 0 if axis is None else _axis(axis), False, "int64" if output_type is None else dtypes.standardize(output_type))


@op(pivot="argmin(input, axis=0 if axis is None else axis, keepdims=False)")
def argmin(input, axis=None, output_type=None, name=None) -> Tensor:
    return rules.reduced(_one(input), 0 if axis is None else _axis(axis), False, "int64" if output_type is None else dtypes.standardize(output_type))


@op(pivot="sort(values, axis=axis, descending=direction == 'DESCENDING')")
def sort(values, axis=-1, direction="ASCENDING", name=None) -> Tensor:
    return _plain(values)


@op(pivot="argsort(values, axis=axis, descending=direction == 'DESCENDING')")
def argsort(values, axis=-1, direction="ASCENDING", stable=False, name=None) -> Tensor:
    return _plain(values, "int32")


@op(pivot="cumulative_sum(x, axis=axis) if not exclusive and not reverse else None")
def cumsum(x, axis=0, exclusive=False, reverse=False, name=None) -> Tensor:
    return _plain(x)


@op(pivot="norm(tensor, order=2, axes=axis, keepdims=keepdims) if ord == 'euclidean' else None")
def norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None) -> Tensor:
    return rules.reduced(_one(tensor), _axis(axis), keepdims or False, None)


@op
def unique(x, out_idx=None, name=None) -> (Tensor, Tensor):
    x = _one(x)
    return rules.like(x, (_nw.unknown("how many different elements there are"),)), rules.like(x, dtype="int32")


@op
def searchsorted(sorted_sequence, values, side="left", out_type=None, name=None) -> Tensor:
    return rules.like(_one(values), dtype="int32" if out_type is None else dtypes.standardize(out_type))


def bitcast(input, type, name=None):
    return _nw.unknown("tf.bitcast")


@op
def complex(real, imag, name=None) -> Tensor:
    return _plain(real, "complex128" if dtypes.name_of(_one(real)) == "float64" else "complex64")


@op
def extract_volume_patches(input, ksizes, strides, padding, name=None) -> Tensor:
    return _nw.unknown("tf.extract_volume_patches")


@op
def space_to_batch_nd(input, block_shape, paddings, name=None) -> Tensor:
    return _nw.unknown("tf.space_to_batch_nd")


@op
def batch_to_space(input, block_shape, crops, name=None) -> Tensor:
    return _nw.unknown("tf.batch_to_space")


@op(pivot="exp(x)")
def exp(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="log(x)")
def log(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="sqrt(x)")
def sqrt(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="sin(x)")
def sin(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="cos(x)")
def cos(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="tan(x)")
def tan(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="asin(x)")
def asin(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="acos(x)")
def acos(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="atan(x)")
def atan(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="sinh(x)")
def sinh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="cosh(x)")
def cosh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="tanh(x)")
def tanh(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="sigmoid(x)")
def sigmoid(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="floor(x)")
def floor(x, name=None) -> Tensor:
    return _floating(x)


@op(pivot="abs(x)")
def abs(x, name=None) -> Tensor:
    x = _one(x)
    return _part(x) if dtypes.name_of(x).startswith("complex") else rules.each(x, builtins.abs)


@op(pivot="negative(x)")
def negative(x, name=None) -> Tensor:
    return _plain(x)


@op(pivot="sign(x)")
def sign(x, name=None) -> Tensor:
    return rules.each(_one(x), lambda value: (value > 0) - (value < 0))


@op(pivot="square(x)")
def square(x, name=None) -> Tensor:
    return _plain(x)


@op(pivot="round(x)")
def round(x, name=None) -> Tensor:
    x = _one(x)
    return _nw.tensor(x.shape, x.dtype, like=x, data=rules.mapped(x, "round"))


@op(pivot="add(x, y)")
def add(x, y, name=None) -> Tensor:
    return _two("add", x, y)


@op(pivot="subtract(x, y)")
def subtract(x, y, name=None) -> Tensor:
    return _two("subtract", x, y)


@op(pivot="multiply(x, y)")
def multiply(x, y, name=None) -> Tensor:
    return _two("multiply", x, y)


@op(pivot="power(x, y)")
def pow(x, y, name=None) -> Tensor:
    return _two("power", x, y)


@op(pivot="maximum(x, y)")
def maximum(x, y, name=None) -> Tensor:
    return _two("maximum", x, y)


@op(pivot="minimum(x, y)")
def minimum(x, y, name=None) -> Tensor:
    return _two("minimum", x, y)


@op(pivot="equal(x, y)")
def equal(x, y, name=None) -> Tensor:
    return _two("equal", x, y, "bool")


@op(pivot="not_equal(x, y)")
def not_equal(x, y, name=None) -> Tensor:
    return _two("not_equal", x, y, "bool")


@op(pivot="less(x, y)")
def less(x, y, name=None) -> Tensor:
    return _two("less", x, y, "bool")


@op(pivot="less_equal(x, y)")
def less_equal(x, y, name=None) -> Tensor:
    return _two("less_equal", x, y, "bool")


@op(pivot="greater(x, y)")
def greater(x, y, name=None) -> Tensor:
    return _two("greater", x, y, "bool")


@op(pivot="greater_equal(x, y)")
def greater_equal(x, y, name=None) -> Tensor:
    return _two("greater_equal", x, y, "bool")


@op(pivot="logical_and(x, y)")
def logical_and(x, y, name=None) -> Tensor:
    return _two("logical_and", x, y, "bool")


@op(pivot="logical_or(x, y)")
def logical_or(x, y, name=None) -> Tensor:
    return _two("logical_or", x, y, "bool")


@op(pivot="logical_xor(x, y)")
def logical_xor(x, y, name=None) -> Tensor:
    return _two("logical_xor", x, y, "bool")


@op(pivot="logical_not(x)")
def logical_not(x, name=None) -> Tensor:
    return _plain(x)


@op(pivot="reduce_sum(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_sum(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None, "sum")


@op(pivot="reduce_mean(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_mean(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="reduce_max(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_max(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None, "max")


@op(pivot="reduce_min(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_min(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None, "min")


@op(pivot="reduce_product(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_prod(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    if _is_open(input_tensor):
        return _count(list(input_tensor))
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None, "prod")


@op(pivot="reduce_any(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_any(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="reduce_all(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_all(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op(pivot="logsumexp(input_tensor, axes=axis, keepdims=keepdims)")
def reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None) -> Tensor:
    return rules.reduced(_one(input_tensor), _axis(axis), keepdims, None)


@op
def tensor_scatter_nd_sub(tensor, indices, updates, bad_indices_policy="", name=None) -> Tensor:
    return _plain(tensor)


@op
def tensor_scatter_nd_max(tensor, indices, updates, name=None) -> Tensor:
    return _plain(tensor)


@op
def tensor_scatter_nd_min(tensor, indices, updates, name=None) -> Tensor:
    return _plain(tensor)


@op
def reverse_sequence(input, seq_lengths, seq_axis=None, batch_axis=None, name=None) -> Tensor:
    return _plain(input)


def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    norm = use_norm
    if use_norm is None:
        norm = sqrt(add_n([reduce_sum(square(t)) for t in t_list]))
    return [truediv(multiply(t, clip_norm), maximum(norm, clip_norm)) for t in t_list], norm


def foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    parts = [elems[i] for i in builtins.range(elems.shape[0])]
    value = parts.pop(0) if initializer is None else initializer
    for part in parts:
        value = fn(value, part)
    return value


def foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    parts = [elems[i] for i in builtins.range(elems.shape[0])]
    value = parts.pop() if initializer is None else initializer
    for part in parts[::-1]:
        value = fn(value, part)
    return value


def identity_n(input, name=None):
    return [identity(x) for x in input]


def recompute_grad(f):
    return f


from tensorflow import bitwise, compat, debugging, image, initializers, keras, linalg, math, nest, nn, random, signal, version
from tensorflow.python.ops.init_ops import (constant_initializer, ones_initializer, random_normal_initializer, random_uniform_initializer,
                                            zeros_initializer)
from tensorflow.debugging import assert_equal, assert_greater, assert_less, assert_rank
