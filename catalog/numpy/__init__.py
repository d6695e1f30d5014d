"""numpy as model code uses it: tables and sizes worked out on the host, exact while they are small.

Arrays are objects with a shape, a dtype and, up to HELD elements, their contents as a flat list. Scalars are Python's numbers.
"""
import builtins

import _nw
from _nw import broadcast, check, known, normal_dim
from _nw import prod as _count
from torch import _rules as rules

__version__ = "2.4.6"
HELD = 4096
pi = 3.141592653589793
e = 2.718281828459045
euler_gamma = 0.5772156649015329
inf = Inf = rules.INF
nan = NaN = rules.NAN
newaxis = None


# --- dtypes

class _Scalar(type):
    """Scalar types are classes: called to convert a number, compared as dtypes, asked with isinstance."""

    def __call__(cls, value=0):
        if isinstance(value, (list, tuple, ndarray)):
            return asarray(value, cls)
        return _converted(value, cls)

    def __instancecheck__(cls, value):
        if cls.kind == "b":
            return isinstance(value, builtins.bool)
        if cls.kind == "i" or cls.kind == "u":
            return isinstance(value, builtins.int) and not isinstance(value, builtins.bool)
        return isinstance(value, builtins.float) if cls.kind == "f" else isinstance(value, (builtins.int, builtins.float))

    def __eq__(cls, other):
        other = _known_dtype(other)
        return other is not None and cls.name == other.name

    def __ne__(cls, other):
        return not cls == other

    def __hash__(cls):
        return hash(cls.name)

    def __str__(cls):
        return cls.name


class generic(metaclass=_Scalar):
    name, kind, itemsize = "generic", "n", 8


class number(generic):
    name, kind, itemsize = "number", "n", 8


class integer(number):
    name, kind, itemsize = "integer", "i", 8


class signedinteger(integer):
    name = "signedinteger"


class floating(number):
    name, kind, itemsize = "floating", "f", 8


class bool(generic):
    name, kind, itemsize = "bool", "b", 1


class int8(signedinteger):
    name, kind, itemsize = "int8", "i", 1


class int16(signedinteger):
    name, kind, itemsize = "int16", "i", 2


class int32(signedinteger):
    name, kind, itemsize = "int32", "i", 4


class int64(signedinteger):
    name, kind, itemsize = "int64", "i", 8


class uint8(integer):
    name, kind, itemsize = "uint8", "u", 1


class uint16(integer):
    name, kind, itemsize = "uint16", "u", 2


class uint32(integer):
    name, kind, itemsize = "uint32", "u", 4


class uint64(integer):
    name, kind, itemsize = "uint64", "u", 8


class float16(floating):
    name, kind, itemsize = "float16", "f", 2


class float32(floating):
    name, kind, itemsize = "float32", "f", 4


class float64(floating):
    name, kind, itemsize = "float64", "f", 8


class complex64(number):
    name, kind, itemsize = "complex64", "c", 8


class complex128(number):
    name, kind, itemsize = "complex128", "c", 16


bool_ = bool
int_ = intp = longlong = long = int64
intc = int32
half = float16
single = float32
double = longdouble = float64
str_ = str
object_ = object
_ALL = (bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64, complex64, complex128)
_NAMES = {t.name: t for t in _ALL}
_SHORT = {"f4": float32, "f8": float64, "f2": float16, "i4": int32, "i8": int64, "i2": int16, "i1": int8, "u1": uint8, "f": float32, "d": float64,
          "i": int32, "l": int64, "int": int64, "float": float64, "b1": bool, "?": bool, "double": float64, "single": float32}


def _known_dtype(value):
    if value is None or isinstance(value, ndarray):
        return None
    if value is builtins.float:
        return float64
    if value is builtins.int:
        return int64
    if value is builtins.bool:
        return bool
    if isinstance(value, str):
        text = value.lstrip("<>=")
        return _NAMES.get(text, _SHORT.get(text))
    return _NAMES.get(getattr(value, "name", None))


def dtype(dtype, align=False, copy=False):
    found = _known_dtype(dtype)
    if found is None:
        raise TypeError("data type not understood")
    return found


def _small(shape):
    count = _count(shape)
    return known(count) and count <= HELD


def _converted(value, t):
    """A number as this type holds it."""
    if not known(value) or _nw.is_tensor(value):
        return value.item() if _nw.is_tensor(value) else value
    if t.kind == "b":
        return builtins.bool(value)
    if t.kind == "i" or t.kind == "u":
        return _nw.flat(_nw.tensor((), _nw.DType(t.name), data=[builtins.int(value)]))[0]
    if t.kind == "f" and t.itemsize < 8:
        return _nw.flat(_nw.tensor((), _nw.DType(t.name), data=[builtins.float(value)]))[0]
    return builtins.float(value) if t.kind == "f" else value


def _dtype_of(value):
    if isinstance(value, ndarray):
        return value.dtype
    if isinstance(value, builtins.bool):
        return bool
    return int64 if isinstance(value, builtins.int) else float64


def _promoted(a, b):
    """The dtype of two operands; Python's numbers are weak."""
    if isinstance(a, ndarray) and not isinstance(b, ndarray):
        return _weak(a.dtype, b)
    if isinstance(b, ndarray) and not isinstance(a, ndarray):
        return _weak(b.dtype, a)
    return result_type(_dtype_of(a), _dtype_of(b))


def _weak(t, value):
    if isinstance(value, builtins.bool) or t.kind == "f" or t.kind == "c":
        return t
    if isinstance(value, builtins.int):
        return int64 if t.kind == "b" else t
    return float64


def result_type(*types):
    result = dtype(types[0])
    for t in types[1:]:
        t = dtype(t)
        high = result if _rank(result) >= _rank(t) else t
        low = t if high is result else result
        if high.kind == "f" and (low.kind == "i" or low.kind == "u"):
            high = float64 if low.itemsize >= 4 else (float32 if low.itemsize == 2 and high.itemsize < 4 else high)
        elif high.kind == "i" and low.kind == "u" and low.itemsize >= high.itemsize:
            high = float64 if low.itemsize == 8 else _NAMES["int" + str(low.itemsize * 16)]
        result = high
    return result


promote_types = result_type


def _rank(t):
    return "buifc".index(t.kind) * 100 + t.itemsize


class finfo:
    def __init__(self, dtype):
        t = _known_dtype(dtype)
        found = rules.limits(_nw.DType(t.name))
        self.dtype = t
        self.bits = t.itemsize * 8
        self.max = found["max"]
        self.min = found["min"]
        self.eps = found["eps"]
        self.tiny = self.smallest_normal = found["tiny"]
        self.resolution = found["resolution"]


class iinfo:
    def __init__(self, type):
        t = _known_dtype(type)
        found = rules.limits(_nw.DType(t.name))
        self.dtype = t
        self.bits = t.itemsize * 8
        self.max = found["max"]
        self.min = found["min"]


# --- numbers

def _number_as(value, dtype):
    """astype() of a scalar, which is one of Python's numbers here."""
    return _converted(value, _known_dtype(dtype))


# --- the array

def _make(shape, t, data=None):
    """A new array; a scalar result is a number."""
    made = object.__new__(ndarray)
    made.shape = tuple(shape)
    made.dtype = t
    made._contents = None
    if data is not None and len(data) <= HELD:
        made._contents = data
    return made


def _scalar(shape, t, data):
    if len(shape) > 0:
        return _make(shape, t, data)
    return data[0] if data is not None else _nw.unknown("the contents of an array")


class ndarray:
    def __init__(self, shape, dtype=float, buffer=None, offset=0, strides=None, order=None):
        self.shape = _shape(shape)
        self.dtype = _known_dtype(dtype)
        self._contents = None

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return _count(self.shape)

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return _count(self.shape) * self.dtype.itemsize

    @property
    def T(self):
        return transpose(self)

    @property
    def real(self):
        return self

    @property
    def flat(self):
        return iter(self.ravel())

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return iter([self[i] for i in builtins.range(self.shape[0])])

    def __array__(self, dtype=None):
        return self

    def __getitem__(self, key):
        return _indexed(self, key)

    def __setitem__(self, key, value):
        self._contents = _assigned(self, key, value)

    def __bool__(self):
        return builtins.bool(self.item())

    def __int__(self):
        return builtins.int(self.item())

    def __float__(self):
        return builtins.float(self.item())

    def __index__(self):
        return builtins.int(self.item())

    def __contains__(self, value):
        return value in self._contents if self._contents is not None else _nw.unknown("the contents of an array")

    def __add__(self, other):
        return _in_front(other, add(self, other))

    def __radd__(self, other):
        return _beside(other, add(other, self))

    def __sub__(self, other):
        return _in_front(other, subtract(self, other))

    def __rsub__(self, other):
        return _beside(other, subtract(other, self))

    def __mul__(self, other):
        return _in_front(other, multiply(self, other))

    def __rmul__(self, other):
        return _beside(other, multiply(other, self))

    def __truediv__(self, other):
        return _in_front(other, divide(self, other))

    def __rtruediv__(self, other):
        return _beside(other, divide(other, self))

    def __floordiv__(self, other):
        return _in_front(other, floor_divide(self, other))

    def __rfloordiv__(self, other):
        return _beside(other, floor_divide(other, self))

    def __mod__(self, other):
        return _in_front(other, mod(self, other))

    def __rmod__(self, other):
        return _beside(other, mod(other, self))

    def __pow__(self, other):
        return _in_front(other, power(self, other))

    def __rpow__(self, other):
        return _beside(other, power(other, self))

    def __matmul__(self, other):
        return matmul(self, other)

    def __neg__(self):
        return negative(self)

    def __abs__(self):
        return absolute(self)

    def __invert__(self):
        return logical_not(self)

    def __and__(self, other):
        return logical_and(self, other)

    def __or__(self, other):
        return logical_or(self, other)

    def __eq__(self, other):
        return equal(self, other)

    def __ne__(self, other):
        return not_equal(self, other)

    def __lt__(self, other):
        return less(self, other)

    def __le__(self, other):
        return less_equal(self, other)

    def __gt__(self, other):
        return greater(self, other)

    def __ge__(self, other):
        return greater_equal(self, other)

    def __hash__(self):
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def item(self, *args):
        if args:
            return self[args if len(args) > 1 else args[0]]
        return self._contents[0] if self._contents is not None else _nw.unknown("the contents of an array")

    def tolist(self):
        if self._contents is None:
            return rules.unknown_list(self.shape)
        return _nested(self._contents, self.shape)

    def astype(self, dtype, order="K", casting="unsafe", subok=True, copy=True):
        t = _known_dtype(dtype)
        data = None if self._contents is None else [_converted(x, t) for x in self._contents]
        return _make(self.shape, t, data)

    def copy(self, order="C"):
        return _make(self.shape, self.dtype, None if self._contents is None else list(self._contents))

    def conj(self):
        return conjugate(self)

    conjugate = conj

    def fill(self, value):
        self._contents = [_converted(value, self.dtype)] * _count(self.shape) if _small(self.shape) else None

    def reshape(self, *shape, order="C"):
        return reshape(self, rules.sizes_of(shape))

    def ravel(self, order="C"):
        return reshape(self, (-1,))

    def flatten(self, order="C"):
        return reshape(self, (-1,))

    def transpose(self, *axes):
        return transpose(self, rules.sizes_of(axes) if axes else None)

    def swapaxes(self, axis1, axis2):
        return swapaxes(self, axis1, axis2)

    def squeeze(self, axis=None):
        return squeeze(self, axis)

    def repeat(self, repeats, axis=None):
        return repeat(self, repeats, axis)

    def sum(self, axis=None, dtype=None, out=None, keepdims=False):
        return sum(self, axis, dtype, out, keepdims)

    def prod(self, axis=None, dtype=None, out=None, keepdims=False):
        return prod(self, axis, dtype, out, keepdims)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False):
        return mean(self, axis, dtype, out, keepdims)

    def max(self, axis=None, out=None, keepdims=False):
        return max(self, axis, out, keepdims)

    def min(self, axis=None, out=None, keepdims=False):
        return min(self, axis, out, keepdims)

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        return std(self, axis, dtype, out, ddof, keepdims)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
        return var(self, axis, dtype, out, ddof, keepdims)

    def any(self, axis=None, out=None, keepdims=False):
        return any(self, axis, out, keepdims)

    def all(self, axis=None, out=None, keepdims=False):
        return all(self, axis, out, keepdims)

    def argmax(self, axis=None, out=None):
        return argmax(self, axis)

    def argmin(self, axis=None, out=None):
        return argmin(self, axis)

    def cumsum(self, axis=None, dtype=None, out=None):
        return cumsum(self, axis, dtype)

    def clip(self, min=None, max=None, out=None):
        return clip(self, min, max)

    def round(self, decimals=0, out=None):
        return round(self, decimals)

    def dot(self, b, out=None):
        return dot(self, b)

    def sort(self, axis=-1, kind=None, order=None):
        self._contents = sort(self, axis)._contents

    def argsort(self, axis=-1, kind=None, order=None):
        return argsort(self, axis)

    def nonzero(self):
        return nonzero(self)

    def take(self, indices, axis=None, out=None, mode="raise"):
        return take(self, indices, axis)

    def view(self, dtype=None, type=None):
        return self

    def tobytes(self, order="C"):
        return _nw.unknown("binary data")


def _nested(data, shape):
    if len(shape) == 0:
        return data[0]
    step = _count(shape[1:])
    return [_nested(data[i * step:(i + 1) * step], shape[1:]) for i in builtins.range(shape[0])]


def _shape(shape):
    """Sizes, of which tensors of whole numbers may be some."""
    return (shape,) if isinstance(shape, builtins.int) else tuple([builtins.int(size) if _nw.is_tensor(size) else size for size in shape])


def _index_parts(key):
    """The key with arrays as lists."""
    parts = [k.tolist() if isinstance(k, ndarray) else k for k in (key if isinstance(key, tuple) else (key,))]
    return tuple(parts) if isinstance(key, tuple) else parts[0]


def _indexed(array, key):
    key = _index_parts(key)
    shape = rules.indexed_shape(array.shape, key, True)
    data = array._contents
    if data is not None:
        if rules.is_basic(key):
            data = rules.taken(data, array.shape, key)
        elif isinstance(key, list) and array.ndim == 1 and len(key) > 0:
            data = [x for x, flag in zip(data, key) if flag] if isinstance(key[0], builtins.bool) else [data[i] for i in key]
        else:
            data = None
    return _scalar(shape, array.dtype, data)


def _assigned(array, key, value):
    """Contents after array[key] = value, where they can be told."""
    key = _index_parts(key)
    if array._contents is None or not rules.is_basic(key):
        return None
    places = rules.taken(list(builtins.range(len(array._contents))), array.shape, key)
    value = asarray(value)
    if value._contents is None:
        return None
    source = rules.spread(value._contents, value.shape, rules.indexed_shape(array.shape, key, True))
    data = list(array._contents)
    for place, item in zip(places, source):
        data[place] = _converted(item, array.dtype)
    return data


# --- creation

def _beside(left, made):
    """What an operator of an array on the right gives: a tensor of PyTorch hands itself to numpy, and takes the array that was computed back as a tensor."""
    if not _nw.is_tensor(left):
        return made
    import torch
    return torch.from_numpy(made)


def _in_front(right, made):
    """The same of an array on the left: what that is with a tensor on the right depends on the version of numpy."""
    return _nw.unknown("an operator of an array and a tensor") if _nw.is_tensor(right) else made


def _from_tensor(tensor):
    """What Tensor.numpy() gives."""
    t = _NAMES[tensor.dtype.name] if known(tensor.dtype) and tensor.dtype.name in _NAMES else float32
    return _make(tensor.shape, t, _nw.flat(tensor))


def array(object, dtype=None, copy=True, order="K", subok=False, ndmin=0, like=None):
    made = asarray(object, dtype)
    if made is object:
        made = made.copy()
    return made if ndmin <= made.ndim else reshape(made, (1,) * (ndmin - made.ndim) + made.shape)


def asarray(a, dtype=None, order=None, like=None):
    t = _known_dtype(dtype)
    if _nw.is_tensor(a):
        a = _from_tensor(a)
    if isinstance(a, ndarray):
        return a if t is None or t == a.dtype else a.astype(t)
    if isinstance(a, builtins.range):
        a = list(a)
    if isinstance(a, (list, tuple)) and len(a) > 0 and isinstance(a[0], ndarray):
        made = stack(a)
        return made if t is None else made.astype(t)
    shape = rules.list_shape(a)
    data = rules.leaves(a)
    if t is None:
        t = _leaf_dtype(a)
    return _make(shape, t, None if data is None else [_converted(x, t) for x in data])


def _leaf_dtype(items):
    if not isinstance(items, (list, tuple)):
        return _dtype_of(items)
    found = None
    for item in items:
        t = _leaf_dtype(item)
        found = t if found is None else (found if found == t else result_type(found, t))
    return float64 if found is None else found


ascontiguousarray = asfortranarray = asanyarray = asarray


def copy(a, order="K", subok=False):
    return asarray(a).copy()


def full(shape, fill_value, dtype=None, order="C", *, device=None, like=None):
    t = _dtype_of(fill_value) if dtype is None else _known_dtype(dtype)
    shape = _shape(shape)
    count = _count(shape)
    held = known(count) and count <= HELD and known(fill_value)
    return _make(shape, t, [_converted(fill_value, t)] * count if held else None)


def zeros(shape, dtype=float, order="C", *, device=None, like=None):
    return full(shape, 0, _known_dtype(dtype) or float64)


def ones(shape, dtype=None, order="C", *, device=None, like=None):
    return full(shape, 1, _known_dtype(dtype) or float64)


def empty(shape, dtype=float, order="C", *, device=None, like=None):
    return _make(_shape(shape), _known_dtype(dtype) or float64)


def zeros_like(a, dtype=None, order="K", subok=True, shape=None):
    a = asarray(a)
    return full(a.shape, 0, dtype or a.dtype)


def ones_like(a, dtype=None, order="K", subok=True, shape=None):
    a = asarray(a)
    return full(a.shape, 1, dtype or a.dtype)


def empty_like(prototype, dtype=None, order="K", subok=True, shape=None):
    a = asarray(prototype)
    return _make(a.shape, _known_dtype(dtype) or a.dtype)


def full_like(a, fill_value, dtype=None, order="K", subok=True, shape=None):
    a = asarray(a)
    return full(a.shape, fill_value, dtype or a.dtype)


def arange(start, stop=None, step=1, dtype=None, *, device=None, like=None):
    if stop is None:
        start, stop = 0, start
    t = _known_dtype(dtype)
    if t is None:
        whole = isinstance(start, builtins.int) and isinstance(stop, builtins.int) and isinstance(step, builtins.int)
        t = int64 if whole else float64
    count = builtins.max(rules.arange_count(start, stop, step) if (stop - start) * step > 0 else 0, 0)
    data = [_converted(start + i * step, t) for i in builtins.range(count)] if known(count) and count <= HELD else None
    return _make((count,), t, data)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    t = _known_dtype(dtype) or float64
    gaps = num - 1 if endpoint else num
    step = (stop - start) / gaps if gaps > 0 else rules.NAN
    data = None
    if known(num) and num <= HELD and known(start) and known(stop):
        data = [_converted(start + i * step if i > 0 else start, t) for i in builtins.range(num)]
        if endpoint and num > 1:
            data[-1] = _converted(stop, t)
    made = _make((num,), t, data)
    return (made, step) if retstep else made


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    return power(base, linspace(start, stop, num, endpoint))


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    return _make((num,), _known_dtype(dtype) or float64)


def eye(N, M=None, k=0, dtype=float, order="C", *, device=None, like=None):
    M = N if M is None else M
    t = _known_dtype(dtype)
    return _make((N, M), t, [_converted(1 if j - i == k else 0, t) for i in builtins.range(N) for j in builtins.range(M)] if _small((N, M)) else None)


def identity(n, dtype=None, *, like=None):
    return eye(n, dtype=dtype or float64)


def meshgrid(*xi, copy=True, sparse=False, indexing="xy"):
    arrays = [asarray(x) for x in xi]
    sizes = [a.size for a in arrays]
    swap = indexing == "xy" and len(sizes) > 1
    shape = tuple([sizes[1], sizes[0]] + sizes[2:]) if swap else tuple(sizes)
    grids = []
    for i in builtins.range(len(arrays)):
        axis = 1 - i if swap and i < 2 else i
        place = (1,) * axis + (sizes[i],) + (1,) * (len(shape) - axis - 1)
        grids.append(reshape(arrays[i], place) if sparse else broadcast_to(reshape(arrays[i], place), shape))
    return tuple(grids)


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    return _make(shape, float64)


def indices(dimensions, dtype=int64, sparse=False):
    return _make((len(dimensions),) + tuple(dimensions), _known_dtype(dtype))


def tri(N, M=None, k=0, dtype=float, *, like=None):
    M = N if M is None else M
    t = _known_dtype(dtype)
    return _make((N, M), t, [_converted(1 if j - i <= k else 0, t) for i in builtins.range(N) for j in builtins.range(M)] if _small((N, M)) else None)


def load(file, *args, **kwargs):
    return _nw.unknown("what a file holds")


loadtxt = genfromtxt = fromfile = frombuffer = fromstring = memmap = load


def save(file, arr, *args, **kwargs):
    return None


savez = savez_compressed = savetxt = save


# --- elementwise

def _unary(x, function, t=None):
    """One operand; `t` None: real results, "same": the operand's dtype."""
    if _nw.is_tensor(x):
        x = _from_tensor(x)
    if not isinstance(x, (ndarray, list, tuple)):
        if not known(x) or function is None:
            return _nw.unknown("a function of numpy")
        return function(x) if t == "same" or t is not None else builtins.float(function(x))
    x = asarray(x)
    if t is None:
        t = x.dtype if x.dtype.kind == "f" or x.dtype.kind == "c" else float64
    elif t == "same":
        t = x.dtype
    data = None
    if x._contents is not None and function is not None:
        data = [_converted(function(v), t) for v in x._contents]
    return _make(x.shape, t, data)


def _binary(a, b, function, t=None):
    a = _from_tensor(a) if _nw.is_tensor(a) else (asarray(a) if isinstance(a, (list, tuple)) else a)
    b = _from_tensor(b) if _nw.is_tensor(b) else (asarray(b) if isinstance(b, (list, tuple)) else b)
    if not isinstance(a, ndarray) and not isinstance(b, ndarray):
        return function(a, b) if known(a) and known(b) else _nw.unknown("a function of numpy")
    if t is None or t == "real":
        joint = _promoted(a, b)
        t = float64 if t == "real" and joint.kind in "bui" else joint
    left = a if isinstance(a, ndarray) else _make((), t, [a] if known(a) else None)
    right = b if isinstance(b, ndarray) else _make((), t, [b] if known(b) else None)
    shape = broadcast(left.shape, right.shape)
    data = None
    if left._contents is not None and right._contents is not None and _small(shape):
        data = [_converted(function(x, y), t) for x, y in zip(rules.spread(left._contents, left.shape, shape), rules.spread(right._contents, right.shape, shape))]
    return _make(shape, t, data)


def sqrt(x, /, out=None, **options):
    if not known(x):
        return x ** 0.5  # of a number a number
    return _unary(x, rules.square_root)


def exp(x, /, out=None, **options):
    return _unary(x, rules.exponential)


def log(x, /, out=None, **options):
    return _unary(x, rules.logarithm)


def log2(x, /, out=None, **options):
    return _unary(x, rules.binary_logarithm)


def log10(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("log10", v))


def log1p(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("log1p", v))


def expm1(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("expm1", v))


def sin(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("sin", v))


def cos(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("cos", v))


def tan(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("tan", v))


def arcsin(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("asin", v))


def arccos(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("acos", v))


def arctan(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("atan", v))


def sinh(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("sinh", v))


def cosh(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("cosh", v))


def tanh(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("tanh", v))


def deg2rad(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("radians", v))


def rad2deg(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("degrees", v))


def cbrt(x, /, out=None, **options):
    return _unary(x, lambda v: _nw.math("cbrt", v))


def floor(x, /, out=None, **options):
    return _unary(x, lambda v: builtins.float(rules.floor(v)))


def ceil(x, /, out=None, **options):
    return _unary(x, lambda v: builtins.float(rules.ceil(v)))


def trunc(x, /, out=None, **options):
    return _unary(x, lambda v: builtins.float(rules.truncate(v)))


def rint(x, /, out=None, **options):
    return _unary(x, lambda v: builtins.float(rules.half_even(v)))


def absolute(x, /, out=None, **options):
    return _unary(x, rules.absolute, "same")


def negative(x, /, out=None, **options):
    return _unary(x, rules.negative, "same")


def square(x, /, out=None, **options):
    return _unary(x, rules.square, "same")


def sign(x, /, out=None, **options):
    return _unary(x, lambda v: rules.sign(v) if isinstance(v, builtins.int) else builtins.float(rules.sign(v)), "same")


def reciprocal(x, /, out=None, **options):
    return _unary(x, rules.reciprocal, "same")


def isnan(x, /, out=None, **options):
    return _unary(x, lambda v: v != v, bool)


def isinf(x, /, out=None, **options):
    return _unary(x, lambda v: v == inf or v == -inf, bool)


def isfinite(x, /, out=None, **options):
    return _unary(x, rules.is_finite, bool)


def logical_not(x, /, out=None, **options):
    return _unary(x, rules.logical_not, bool)


abs = fabs = absolute
radians = deg2rad
degrees = rad2deg


def add(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.add)


def subtract(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.subtract)


def multiply(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.multiply)


def divide(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.divide, "real")


def floor_divide(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.floor_divide)


def mod(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.remainder)


def power(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.power)


def maximum(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.maximum)


def minimum(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.minimum)


def arctan2(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("atan2", a, b), "real")


def hypot(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("sqrt", a * a + b * b), "real")


def equal(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.equal, bool)


def not_equal(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.not_equal, bool)


def less(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.less, bool)


def less_equal(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.less_equal, bool)


def greater(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.greater, bool)


def greater_equal(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.greater_equal, bool)


def logical_and(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.logical_and, bool)


def logical_or(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.logical_or, bool)


def logical_xor(x1, x2, /, out=None, **options):
    return _binary(x1, x2, rules.logical_xor, bool)


def gcd(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("gcd", a, b))


def lcm(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("lcm", a, b))


true_divide = divide
remainder = mod
float_power = power
fmax = maximum
fmin = minimum


def round(a, decimals=0, out=None):
    if decimals == 0:
        return _unary(a, lambda v: rules.half_even(v) if isinstance(v, builtins.int) else builtins.float(rules.half_even(v)), "same")
    return _unary(a, lambda v: builtins.round(v, decimals), "same")


around = round_ = round


def clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None):
    low = a_min if a_min is not None else min
    high = a_max if a_max is not None else max
    result = a if low is None else maximum(a, low)
    return result if high is None else minimum(result, high)


def where(condition, x=None, y=None):
    condition = asarray(condition)
    if x is None:
        return nonzero(condition)
    shape = broadcast(condition.shape, getattr(x, "shape", ()), getattr(y, "shape", ()))
    data = None
    parts = [condition, asarray(x), asarray(y)]
    if _small(shape) and builtins.all([p._contents is not None for p in parts]):
        flags, left, right = [rules.spread(p._contents, p.shape, shape) for p in parts]
        data = [left[i] if flags[i] else right[i] for i in builtins.range(len(flags))]
    return _make(shape, _promoted(x, y), data)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return _binary(a, b, lambda x, y: builtins.abs(x - y) <= atol + rtol * builtins.abs(y), bool)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return all(isclose(a, b, rtol, atol))


def array_equal(a1, a2, equal_nan=False):
    a1, a2 = asarray(a1), asarray(a2)
    return all(equal(a1, a2)) if a1.shape == a2.shape else False


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    return _unary(x, None, "same")


def interp(x, xp, fp, left=None, right=None, period=None):
    return _unary(x, None)


def vectorize(pyfunc, otypes=None, **options):
    return lambda x: _unary(x, pyfunc, "same")


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    return _nw.unknown("numpy.apply_along_axis")


# --- reductions

def _reduced(a, axis, keepdims, t, function):
    a = asarray(a)
    shape = rules.reduced_shape(a.shape, axis, keepdims)
    axes = rules.axes_of(axis, a.ndim)
    data = None
    if a._contents is not None and function is not None and a.size > 0:
        kept = [i for i in builtins.range(a.ndim) if i not in axes]
        rows = rules.permuted(a._contents, a.shape, kept + list(axes))
        step = _count([a.shape[i] for i in axes])
        data = [_converted(function(rows[i:i + step]), t) for i in builtins.range(0, len(rows), step)]
    elif a.size == 0 and function is rules.total:
        data = [_converted(0, t)] * _count(shape)
    elif a.size == 0 and function is rules.product:
        data = [_converted(1, t)] * _count(shape)
    return _scalar(shape, t, data)


def _summed(a, dtype):
    t = _known_dtype(dtype)
    if t is not None:
        return t
    t = asarray(a).dtype
    return int64 if t.kind in "bi" and t.itemsize < 8 else (uint64 if t.kind == "u" else t)


def _real(a, dtype):
    t = _known_dtype(dtype) or asarray(a).dtype
    return t if t.kind in "fc" else float64


def sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=0, where=True):
    return _reduced(a, axis, keepdims, _summed(a, dtype), rules.total)


def prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=1, where=True):
    return _reduced(a, axis, keepdims, _summed(a, dtype), rules.product)



def mean(a, axis=None, dtype=None, out=None, keepdims=False):
    return _reduced(a, axis, keepdims, _real(a, dtype), rules.mean)


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    return _reduced(a, axis, keepdims, _real(a, None), rules.mean if weights is None else None)


def max(a, axis=None, out=None, keepdims=False):
    return _reduced(a, axis, keepdims, asarray(a).dtype, rules.largest)


def min(a, axis=None, out=None, keepdims=False):
    return _reduced(a, axis, keepdims, asarray(a).dtype, rules.smallest)


amax = nanmax = max
amin = nanmin = min
nansum = sum
nanmean = mean


def ptp(a, axis=None, out=None, keepdims=False):
    return max(a, axis, None, keepdims) - min(a, axis, None, keepdims)


def _variance(ddof):
    def function(data):
        centre = rules.mean(data)
        return rules.total([(x - centre) * (x - centre) for x in data]) / (len(data) - ddof)
    return function


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return _reduced(a, axis, keepdims, _real(a, dtype), _variance(ddof))


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False):
    return sqrt(var(a, axis, dtype, out, ddof, keepdims))


def any(a, axis=None, out=None, keepdims=False):
    return _reduced(a, axis, keepdims, bool, rules.any_true)


def all(a, axis=None, out=None, keepdims=False):
    return _reduced(a, axis, keepdims, bool, rules.all_true)


def argmax(a, axis=None, out=None, *, keepdims=False):
    return _reduced(a, axis, keepdims, int64, rules.first_largest)


def argmin(a, axis=None, out=None, *, keepdims=False):
    return _reduced(a, axis, keepdims, int64, rules.first_smallest)


def count_nonzero(a, axis=None, *, keepdims=False):
    return _reduced(a, axis, keepdims, int64, lambda data: rules.total([1 for x in data if x]))


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    return _reduced(a, axis, keepdims, _real(a, None), _middle)


def _middle(data):
    data = sorted(data)
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2


def percentile(a, q, axis=None, out=None, **options):
    return _reduced(a, axis, False, _real(a, None), None)


quantile = nanpercentile = nanquantile = percentile


def _scanned(a, axis, t, function):
    a = asarray(a)
    if axis is None:
        a = a.ravel()
    data = None
    if a._contents is not None and a.ndim == 1:
        data = []
        for x in a._contents:
            data.append(x if not data else function(data[-1], x))
    return _make(a.shape, t, data)


def cumsum(a, axis=None, dtype=None, out=None):
    return _scanned(a, axis, _summed(a, dtype), rules.add)


def cumprod(a, axis=None, dtype=None, out=None):
    return _scanned(a, axis, _summed(a, dtype), rules.multiply)


def diff(a, n=1, axis=-1, prepend=None, append=None):
    a = asarray(a)
    axis = normal_dim(axis, a.ndim)
    head = (slice(None),) * axis
    for step in builtins.range(n):
        a = a[head + (slice(1, None),)] - a[head + (slice(None, -1),)]
    return a


# --- movement

def reshape(a, shape, order="C", *, newshape=None, copy=None):
    a = asarray(a)
    return _make(_nw.reshaped(a.shape, _shape(shape)), a.dtype, a._contents)


def ravel(a, order="C"):
    return reshape(a, (-1,))


def transpose(a, axes=None):
    a = asarray(a)
    order = [normal_dim(d, a.ndim) for d in axes] if axes is not None else list(builtins.range(a.ndim))[::-1]
    data = None if a._contents is None else rules.permuted(a._contents, a.shape, order)
    return _make([a.shape[i] for i in order], a.dtype, data)


permute_dims = transpose


def swapaxes(a, axis1, axis2):
    a = asarray(a)
    order = list(builtins.range(a.ndim))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return transpose(a, order)


def moveaxis(a, source, destination):
    a = asarray(a)
    source = [normal_dim(d, a.ndim) for d in ((source,) if isinstance(source, builtins.int) else source)]
    destination = [normal_dim(d, a.ndim) for d in ((destination,) if isinstance(destination, builtins.int) else destination)]
    order = [i for i in builtins.range(a.ndim) if i not in source]
    for place, axis in sorted(zip(destination, source)):
        order.insert(place, axis)
    return transpose(a, order)


def expand_dims(a, axis):
    a = asarray(a)
    axes = (axis,) if isinstance(axis, builtins.int) else tuple(axis)
    rank = a.ndim + len(axes)
    axes = [normal_dim(d, rank) for d in axes]
    rest = list(a.shape)
    return _make([1 if i in axes else rest.pop(0) for i in builtins.range(rank)], a.dtype, a._contents)


def squeeze(a, axis=None):
    a = asarray(a)
    axes = rules.axes_of(axis, a.ndim)
    return _make([a.shape[i] for i in builtins.range(a.ndim) if i not in axes or a.shape[i] != 1], a.dtype, a._contents)


def broadcast_to(array, shape, subok=False):
    a = asarray(array)
    shape = _shape(shape)
    check(broadcast(a.shape, shape) == shape, "operands could not be broadcast together", ValueError)
    return _make(shape, a.dtype, rules.spread(a._contents, a.shape, shape) if a._contents is not None and _small(shape) else None)


def broadcast_shapes(*shapes):
    return broadcast(*[_shape(shape) for shape in shapes])


def broadcast_arrays(*args, subok=False):
    arrays = [asarray(a) for a in args]
    shape = broadcast(*[a.shape for a in arrays])
    return tuple([broadcast_to(a, shape) for a in arrays])


def concatenate(arrays, axis=0, out=None, dtype=None, casting="same_kind"):
    arrays = [asarray(a) for a in arrays]
    if axis is None:
        arrays = [a.ravel() for a in arrays]
        axis = 0
    t = _known_dtype(dtype) or result_type(*[a.dtype for a in arrays])
    first = arrays[0]
    axis = normal_dim(axis, first.ndim)
    for a in arrays:
        for i in builtins.range(first.ndim):
            check(i == axis or a.shape[i] == first.shape[i], "all the input array dimensions except for the concatenation axis must match exactly", ValueError)
    shape = rules.replaced(first.shape, axis, builtins.sum([a.shape[axis] for a in arrays]))
    data = None
    if builtins.all([a._contents is not None for a in arrays]):
        rows = _count(first.shape[:axis])
        data = []
        for r in builtins.range(rows):
            for a in arrays:
                step = _count(a.shape[axis:])
                data = data + [_converted(x, t) for x in a._contents[r * step:(r + 1) * step]]
    return _make(shape, t, data)


concat = concatenate


def stack(arrays, axis=0, out=None, *, dtype=None, casting="same_kind"):
    arrays = [asarray(a) for a in arrays]
    axis = normal_dim(axis, arrays[0].ndim + 1)
    return concatenate([_make(rules.inserted(a.shape, axis, 1), a.dtype, a._contents) for a in arrays], axis)


def atleast_1d(*arys):
    made = [asarray(a) if asarray(a).ndim > 0 else reshape(a, (1,)) for a in arys]
    return made[0] if len(made) == 1 else tuple(made)


def atleast_2d(*arys):
    made = [asarray(a) if asarray(a).ndim > 1 else reshape(a, (1, -1)) for a in arys]
    return made[0] if len(made) == 1 else tuple(made)


def vstack(tup, *, dtype=None, casting="same_kind"):
    return concatenate([atleast_2d(a) for a in tup], 0)


row_stack = vstack


def hstack(tup, *, dtype=None, casting="same_kind"):
    arrays = [atleast_1d(a) for a in tup]
    return concatenate(arrays, 0 if arrays[0].ndim == 1 else 1)


def append(arr, values, axis=None):
    return concatenate([arr, values], axis)


def split(ary, indices_or_sections, axis=0):
    a = asarray(ary)
    size = a.shape[axis]
    places = indices_or_sections
    if isinstance(places, builtins.int):
        check(size % places == 0, "array split does not result in an equal division", ValueError)
    return array_split(a, places, axis)


def array_split(ary, indices_or_sections, axis=0):
    a = asarray(ary)
    axis = normal_dim(axis, a.ndim)
    size = a.shape[axis]
    if isinstance(indices_or_sections, builtins.int):
        n = indices_or_sections
        stops = [0]
        for i in builtins.range(n):
            stops.append(stops[-1] + size // n + (1 if i < size % n else 0))
    else:
        stops = [0] + list(indices_or_sections) + [size]
    return [a[(slice(None),) * axis + (slice(stops[i], stops[i + 1]),)] for i in builtins.range(len(stops) - 1)]


def repeat(a, repeats, axis=None):
    a = asarray(a)
    if axis is None:
        a = a.ravel()
        axis = 0
    axis = normal_dim(axis, a.ndim)
    if not isinstance(repeats, builtins.int):
        counts = asarray(repeats).tolist()
        parts = [a[(slice(None),) * axis + (slice(i, i + 1),)] for i in builtins.range(a.shape[axis]) for step in builtins.range(counts[i])]
        return concatenate(parts, axis)
    data = None
    if a._contents is not None:
        step = _count(a.shape[axis + 1:])
        data = []
        for start in builtins.range(0, len(a._contents), builtins.max(step, 1)):
            data = data + a._contents[start:start + step] * repeats
    return _make(rules.replaced(a.shape, axis, a.shape[axis] * repeats), a.dtype, data)


def tile(A, reps):
    a = asarray(A)
    reps = _shape(reps)
    rank = builtins.max(a.ndim, len(reps))
    a = _make((1,) * (rank - a.ndim) + a.shape, a.dtype, a._contents)
    reps = (1,) * (rank - len(reps)) + reps
    for axis in builtins.range(rank):
        a = concatenate([a] * reps[axis], axis) if reps[axis] != 1 else a
    return a


def pad(array, pad_width, mode="constant", **kwargs):
    a = asarray(array)
    if isinstance(pad_width, builtins.int):
        widths = [(pad_width, pad_width)] * a.ndim
    elif isinstance(pad_width[0], builtins.int):
        widths = [tuple(pad_width)] * a.ndim
    else:
        widths = list(pad_width)
    shape = [a.shape[i] + widths[i][0] + widths[i][1] for i in builtins.range(a.ndim)]
    value = kwargs.get("constant_values", 0)
    plain = mode == "constant" and isinstance(value, (builtins.int, builtins.float)) and a._contents is not None and known(_count(shape))
    return _make(shape, a.dtype, _padded(a, widths, value) if plain and _count(shape) <= 4096 else None)


def _padded(a, widths, value):
    """Contents with numbers around them, axis by axis."""
    data, shape = a._contents, list(a.shape)
    for axis in builtins.range(len(shape)):
        inner = _count(shape[axis + 1:])
        row = shape[axis] * inner
        before, after = [value] * (widths[axis][0] * inner), [value] * (widths[axis][1] * inner)
        made = []
        for i in builtins.range(_count(shape[:axis])):
            made = made + before + data[i * row:(i + 1) * row] + after
        data = made
        shape[axis] = shape[axis] + widths[axis][0] + widths[axis][1]
    return data


def flip(m, axis=None):
    a = asarray(m)
    return _make(a.shape, a.dtype, a._contents[::-1] if a._contents is not None and (axis is None or a.ndim == 1) else None)


def fliplr(m):
    return flip(m, 1)


def flipud(m):
    return flip(m, 0)


def roll(a, shift, axis=None):
    a = asarray(a)
    data = None
    if a._contents is not None and a.ndim == 1 and isinstance(shift, builtins.int) and a.size > 0:
        cut = -shift % a.size
        data = a._contents[cut:] + a._contents[:cut]
    return _make(a.shape, a.dtype, data)


def rot90(m, k=1, axes=(0, 1)):
    a = asarray(m)
    return _make(swapaxes(a, axes[0], axes[1]).shape if k % 2 else a.shape, a.dtype)


def take(a, indices, axis=None, out=None, mode="raise"):
    a = asarray(a)
    if axis is None:
        return a.ravel()[asarray(indices).tolist() if not isinstance(indices, builtins.int) else indices]
    axis = normal_dim(axis, a.ndim)
    indices = indices if isinstance(indices, builtins.int) else asarray(indices).tolist()
    return a[indices] if a.ndim == 1 else a[(slice(None),) * axis + (indices,)]


def put_along_axis(arr, indices, values, axis):
    arr._contents = None


def take_along_axis(arr, indices, axis):
    return _make(asarray(indices).shape, asarray(arr).dtype)


def delete(arr, obj, axis=None):
    a = asarray(arr)
    a = a.ravel() if axis is None else a
    axis = 0 if axis is None else axis
    gone = [obj] if isinstance(obj, builtins.int) else list(obj)
    gone = [normal_dim(i, a.shape[axis]) for i in gone]
    return take(a, [i for i in builtins.range(a.shape[axis]) if i not in gone], axis)


def sort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    return _make(a.shape, a.dtype, sorted(a._contents) if a._contents is not None and a.ndim == 1 else None)


def argsort(a, axis=-1, kind=None, order=None):
    a = asarray(a)
    data = None
    if a._contents is not None and a.ndim == 1:
        values = a._contents
        data = sorted(builtins.range(len(values)), key=lambda i: values[i])
    return _make(a.shape, int64, data)


def nonzero(a):
    a = asarray(a)
    if a._contents is None:
        return tuple([_make((_nw.unknown("how many elements are not zero"),), int64)] * a.ndim)
    if a.ndim == 1:
        found = [i for i in builtins.range(a.size) if a._contents[i]]
        return (_make((len(found),), int64, found),)
    count = rules.total([1 for x in a._contents if x])
    return tuple([_make((count,), int64)] * a.ndim)


def argwhere(a):
    found = nonzero(a)
    return _make((found[0].shape[0], len(found)), int64)


def flatnonzero(a):
    return nonzero(asarray(a).ravel())[0]


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None):
    a = asarray(ar)
    if axis is not None or a._contents is None:
        return _nw.unknown("the distinct values of an array")
    contents = list(a._contents)
    data = sorted(set(contents))
    found = [_make((len(data),), a.dtype, data)]
    if return_index:
        found.append(_make((len(data),), int64, [contents.index(value) for value in data]))
    if return_inverse:
        found.append(_make(a.shape, int64, [data.index(value) for value in contents]))
    if return_counts:
        found.append(_make((len(data),), int64, [contents.count(value) for value in data]))
    return tuple(found) if len(found) > 1 else found[0]


def isin(element, test_elements, assume_unique=False, invert=False):
    a, b = asarray(element), asarray(test_elements)
    data = None if a._contents is None or b._contents is None else [(value in b._contents) != invert for value in a._contents]
    return _make(a.shape, bool, data)


def _set_of(a, b, chosen):
    """The distinct values of two arrays that `chosen(value, values of a, values of b)` takes, sorted."""
    a, b = asarray(a), asarray(b)
    if a._contents is None or b._contents is None:
        return _nw.unknown("the distinct values of an array")
    data = [value for value in sorted(set(list(a._contents) + list(b._contents))) if chosen(value, a._contents, b._contents)]
    return _make((len(data),), promote_types(a.dtype, b.dtype), data)


def setdiff1d(ar1, ar2, assume_unique=False):
    made = _set_of(ar1, ar2, lambda value, a, b: value in a and value not in b)
    return made.astype(asarray(ar1).dtype) if _nw.known(made) and not assume_unique else _nw.unknown("a difference of arrays")


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    return _set_of(ar1, ar2, lambda value, a, b: value in a and value in b) if not return_indices else _nw.unknown("where arrays meet")


def setxor1d(ar1, ar2, assume_unique=False):
    return _set_of(ar1, ar2, lambda value, a, b: (value in a) != (value in b))


def searchsorted(a, v, side="left", sorter=None):
    return _unary(v, None, int64)


digitize = searchsorted


def bincount(x, weights=None, minlength=0):
    return _nw.unknown("how many bins depends on the contents")


def histogram(a, bins=10, range=None, density=None, weights=None):
    return _make((bins,), int64), _make((bins + 1,), float64)


def unravel_index(indices, shape, order="C"):
    result = []
    for size in _shape(shape)[::-1]:
        result.append(mod(indices, size))
        indices = floor_divide(indices, size)
    return tuple(result[::-1])


def ravel_multi_index(multi_index, dims, mode="raise", order="C"):
    result = 0
    for index, size in zip(multi_index, dims):
        result = result * size + index
    return result


def ndindex(*shape):
    rows = [()]
    for size in rules.sizes_of(shape):
        rows = [row + (i,) for row in rows for i in builtins.range(size)]
    return iter(rows)


def ndenumerate(arr):
    a = asarray(arr)
    return iter([(index, a[index]) for index in ndindex(a.shape)])


def _triangle(m, k, lower):
    a = asarray(m)
    data = None
    if a._contents is not None and a.ndim >= 2:
        height, width = a.shape[-2:]
        kept = [column - row <= k if lower else column - row >= k for row in builtins.range(height) for column in builtins.range(width)]
        data = [a._contents[i] if kept[i % len(kept)] else _converted(0, a.dtype) for i in builtins.range(a.size)]
    return _make(a.shape, a.dtype, data)


def tril(m, k=0):
    return _triangle(m, k, True)


def triu(m, k=0):
    return _triangle(m, k, False)


def diag(v, k=0):
    a = asarray(v)
    if a.ndim == 2:
        count = builtins.min(a.shape[0], a.shape[1] - k) if k >= 0 else builtins.min(a.shape[0] + k, a.shape[1])
        return _make((count,), a.dtype, None if a._contents is None else [a[builtins.max(i, i - k), builtins.max(i, i + k)] for i in builtins.range(count)])
    size = a.shape[0] + builtins.abs(k)
    return _make((size, size), a.dtype, None if a._contents is None or size * size > HELD else [
        a._contents[builtins.min(i, j)] if j - i == k else _converted(0, a.dtype) for i in builtins.range(size) for j in builtins.range(size)])


def triu_indices(n, k=0, m=None):
    m = n if m is None else m
    pairs = [(i, j) for i in builtins.range(n) for j in builtins.range(m) if j - i >= k]
    return _make((len(pairs),), int64, [p[0] for p in pairs]), _make((len(pairs),), int64, [p[1] for p in pairs])


def tril_indices(n, k=0, m=None):
    m = n if m is None else m
    pairs = [(i, j) for i in builtins.range(n) for j in builtins.range(m) if j - i <= k]
    return _make((len(pairs),), int64, [p[0] for p in pairs]), _make((len(pairs),), int64, [p[1] for p in pairs])


# --- products

def matmul(x1, x2, /, out=None):
    a, b = asarray(x1), asarray(x2)
    shape = rules.matmul_shape(a.shape, b.shape)
    t = result_type(a.dtype, b.dtype)
    data = None
    if a._contents is not None and b._contents is not None and a.ndim <= 2 and b.ndim <= 2 and a.size * b.shape[-1] <= HELD:
        rows = _nested(a._contents, a.shape) if a.ndim == 2 else [a._contents]
        columns = transpose(b).tolist() if b.ndim == 2 else [b._contents]
        data = [_converted(rules.total([x * y for x, y in zip(row, column)]), t) for row in rows for column in columns]
    return _scalar(shape, t, data)


def dot(a, b, out=None):
    if isinstance(a, (builtins.int, builtins.float)) or isinstance(b, (builtins.int, builtins.float)):
        return multiply(a, b)
    return matmul(a, b)


def outer(a, b, out=None):
    return multiply(reshape(a, (-1, 1)), reshape(b, (1, -1)))


def inner(a, b, /):
    return matmul(a, transpose(asarray(b)))


def kron(a, b):
    a, b = asarray(a), asarray(b)
    rank = builtins.max(a.ndim, b.ndim)
    left = (1,) * (rank - a.ndim) + a.shape
    right = (1,) * (rank - b.ndim) + b.shape
    return _make([left[i] * right[i] for i in builtins.range(rank)], result_type(a.dtype, b.dtype))


def cross(a, b, **options):
    return _make(broadcast(asarray(a).shape, asarray(b).shape), result_type(asarray(a).dtype, asarray(b).dtype))


def einsum(subscripts, *operands, **options):
    arrays = [asarray(a) for a in operands]
    shape = rules.einsum_shape(subscripts, [a.shape for a in arrays])
    whole = _product(subscripts.replace(" ", ""), arrays)
    return _scalar(shape, result_type(*[a.dtype for a in arrays]), whole._contents if whole is not None and whole.shape == shape else None)


def _product(subscripts, arrays):
    """What einsum gives where it adds nothing up: each letter once in an operand, and all of them in the result."""
    inputs, arrow, result = subscripts.partition("->")
    parts = inputs.split(",")
    letters = "".join(parts)
    if not arrow or "." in letters or len(parts) != len(arrays) or [c for c in letters if c not in result] or [p for p in parts if len({*p}) != len(p)]:
        return None
    whole = None
    for part, array in zip(parts, arrays):
        turned = transpose(array, [part.index(c) for c in result if c in part]) if part else array
        sizes = [array.shape[part.index(c)] if c in part else 1 for c in result]
        turned = reshape(turned, sizes)
        whole = turned if whole is None else multiply(whole, turned)
    return whole


def tensordot(a, b, axes=2):
    return _nw.unknown("numpy.tensordot")


def convolve(a, v, mode="full"):
    return _nw.unknown("numpy.convolve")


# --- questions and settings

def shape(a):
    return asarray(a).shape


def ndim(a):
    return asarray(a).ndim


def size(a, axis=None):
    return asarray(a).size if axis is None else asarray(a).shape[axis]


def isscalar(element):
    return isinstance(element, (builtins.int, builtins.float, builtins.bool, str))


def issubdtype(arg1, arg2):
    low, high = _known_dtype(arg1), arg2
    if high is number or high is generic:
        return True
    if high is integer:
        return low.kind == "i" or low.kind == "u"
    return low.kind == "f" if high is floating else low == high


def array2string(a, **options):
    return _nw.unknown("an array as text")


def set_printoptions(**options):
    return None


def seterr(**options):
    return None


class errstate:
    def __init__(self, **options):
        self.options = options

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


from numpy import fft, lib, linalg, ma, random, testing, typing


# --- parts of complex numbers

def _part(val, name):
    a = asarray(val)
    t = float32 if a.dtype is complex64 else float64 if a.dtype.kind == "c" else a.dtype
    data = None if a._contents is None else [_converted(getattr(v, name), t) for v in a._contents]
    return _scalar(a.shape, t, data)


def real(val):
    return _part(val, "real")


def imag(val):
    return _part(val, "imag")


def conjugate(x, /, out=None, **options):
    a = asarray(x)
    return _scalar(a.shape, a.dtype, None if a._contents is None else [v.conjugate() for v in a._contents])


conj = conjugate


def angle(z, deg=False):
    a = asarray(z)
    return _scalar(a.shape, float32 if a.dtype is complex64 else float64, None)


def iscomplexobj(x):
    return asarray(x).dtype.kind == "c"


def isrealobj(x):
    return not iscomplexobj(x)


# --- windows

def _window(M, weight):
    if M < 1:
        return _make((0,), float64, [])
    if M == 1:
        return ones(1)
    return _make((M,), float64, [weight(2 * pi * i / (M - 1)) for i in builtins.range(M)] if _small((M,)) else None)


def hanning(M):
    return _window(M, lambda turn: 0.5 - 0.5 * _nw.math("cos", turn))


def hamming(M):
    return _window(M, lambda turn: 0.54 - 0.46 * _nw.math("cos", turn))


def blackman(M):
    return _window(M, lambda turn: 0.42 - 0.5 * _nw.math("cos", turn) + 0.08 * _nw.math("cos", 2 * turn))


def bartlett(M):
    return _window(M, lambda turn: 1 - abs(turn / pi - 1))


def kaiser(M, beta):
    return ones(M) if M == 1 else _make((M,), float64)


# --- more shapes

def atleast_3d(*arys):
    made = []
    for a in arys:
        a = asarray(a)
        made.append(reshape(a, (1, 1, 1)) if a.ndim == 0 else a[None, :, None] if a.ndim == 1 else a[:, :, None] if a.ndim == 2 else a)
    return made[0] if len(made) == 1 else tuple(made)


def column_stack(tup):
    return concatenate([reshape(asarray(a), (-1, 1)) if asarray(a).ndim < 2 else asarray(a) for a in tup], 1)


def dstack(tup):
    return concatenate([atleast_3d(a) for a in tup], 2)


def vsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0)


def hsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 0 if asarray(ary).ndim == 1 else 1)


def dsplit(ary, indices_or_sections):
    return split(ary, indices_or_sections, 2)


def diag_indices(n, ndim=2):
    return (arange(n),) * ndim


def diagonal(a, offset=0, axis1=0, axis2=1):
    a = asarray(a)
    if a.ndim == 2:
        return diag(a, offset)
    return _nw.unknown("a diagonal of an array")


def fill_diagonal(a, val, wrap=False):
    if a.ndim != 2 or wrap or asarray(val).ndim:
        a._contents = None
        return
    for i in builtins.range(builtins.min(a.shape)):
        a[i, i] = val


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    return sum(diagonal(a, offset, axis1, axis2))


def union1d(ar1, ar2):
    return unique(concatenate([ravel(ar1), ravel(ar2)]))


class _Places:
    """np.s_ and np.index_exp: what stands in the brackets."""

    def __init__(self, always_tuple):
        self.always_tuple = always_tuple

    def __getitem__(self, item):
        return (item,) if self.always_tuple and not isinstance(item, tuple) else item


s_ = _Places(False)
index_exp = _Places(True)


def _range_of(part):
    start = 0 if part.start is None else part.start
    step = 1 if part.step is None else part.step
    if isinstance(step, complex):
        return linspace(start, part.stop, int(abs(step)))
    return arange(start, part.stop, step)


class _Grid:
    def __init__(self, sparse):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return _range_of(key)
        grids = meshgrid(*[_range_of(part) for part in key], sparse=self.sparse, indexing="ij")
        return grids if self.sparse else stack(grids)


mgrid = _Grid(False)
ogrid = _Grid(True)


class _Row:
    def __init__(self, columns):
        self.columns = columns

    def __getitem__(self, key):
        parts = []
        for part in key if isinstance(key, tuple) else (key,):
            if isinstance(part, str):
                return _nw.unknown("a directive of np.r_")
            parts.append(_range_of(part) if isinstance(part, slice) else asarray(part))
        return column_stack(parts) if self.columns else concatenate([atleast_1d(part) for part in parts])


r_ = _Row(False)
c_ = _Row(True)


def ix_(*args):
    arrays = [asarray(a) for a in args]
    return tuple([reshape(arrays[i], (1,) * i + (-1,) + (1,) * (len(arrays) - i - 1)) for i in builtins.range(len(arrays))])


# --- more functions of one and two numbers

def exp2(x, /, out=None, **options):
    return _unary(x, lambda v: 2.0 ** v)


def fabs(x, /, out=None, **options):
    return _unary(x, lambda v: builtins.float(builtins.abs(v)))


def fix(x, out=None):
    return _unary(x, lambda v: builtins.float(int(v)))


def sinc(x):
    return _unary(x, lambda v: 1.0 if v == 0 else _nw.math("sin", pi * v) / (pi * v))


def positive(x, /, out=None, **options):
    return _unary(x, lambda v: v, "same")


def fmod(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("fmod", a, b))


def copysign(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: _nw.math("copysign", a, b), "real")


pow = power
acos = arccos
asin = arcsin
atan = arctan
atan2 = arctan2
asanyarray = asarray
asfortranarray = asarray


def bitwise_and(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: a & b)


def bitwise_or(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: a | b)


def bitwise_xor(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: a ^ b)


def left_shift(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: a << b)


def right_shift(x1, x2, /, out=None, **options):
    return _binary(x1, x2, lambda a, b: a >> b)
