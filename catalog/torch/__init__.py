"""The module `torch`: tensors, their methods and the functions on them, as rows of the catalog.

Aliases share a row: `absolute = abs` is the operator `torch.abs`, and `Tensor.softmax = softmax` is the operator
`torch.softmax` called as a method. Sizes, dtypes and contents are worked out in `torch._rules`.
"""
from __future__ import annotations

import builtins

import _nw
from _nw import check, known, normal_dim, op
from torch import _rules as rules

__version__ = "2.13.0"


# --- dtypes, layouts, memory formats, devices, sizes

dtype = _nw.DType
bool = rules.BOOL
uint8 = rules.UINT8
int8 = rules.INT8
int16 = short = rules.INT16
int32 = int = rules.INT32
int64 = long = rules.INT64
uint16 = _nw.DType("uint16")
uint32 = _nw.DType("uint32")
uint64 = _nw.DType("uint64")
float16 = half = rules.FLOAT16
bfloat16 = rules.BFLOAT16
float32 = float = rules.FLOAT32
float64 = double = rules.FLOAT64
complex32 = chalf = _nw.DType("complex32")
complex64 = cfloat = rules.COMPLEX64
complex128 = cdouble = rules.COMPLEX128
float8_e4m3fn = _nw.DType("float8_e4m3fn")
float8_e5m2 = _nw.DType("float8_e5m2")
qint8 = _nw.DType("qint8")
quint8 = _nw.DType("quint8")
qint32 = _nw.DType("qint32")

inf = rules.INF
nan = rules.NAN
pi = 3.141592653589793
e = 2.718281828459045
newaxis = None


class layout:
    def __init__(self, name):
        self.name = name


strided = layout("strided")
sparse_coo = layout("sparse_coo")
sparse_csr = layout("sparse_csr")
sparse_csc = layout("sparse_csc")
sparse_bsr = layout("sparse_bsr")
sparse_bsc = layout("sparse_bsc")
sparse_csr = layout("sparse_csr")
jagged = layout("jagged")


class memory_format:
    def __init__(self, name):
        self.name = name


contiguous_format = memory_format("contiguous_format")
preserve_format = memory_format("preserve_format")
channels_last = memory_format("channels_last")
channels_last_3d = memory_format("channels_last_3d")


device = _nw.Device
Size = _nw.Size


class finfo:
    def __init__(self, type=None):
        if known(type) and type is None:
            type = rules.FLOAT32
        limits = rules.limits(type)
        self.dtype = type
        self.bits = type.itemsize * 8
        self.max = limits["max"]
        self.min = limits["min"]
        self.eps = limits["eps"]
        self.tiny = limits["tiny"]
        self.smallest_normal = limits["tiny"]
        self.resolution = limits["resolution"]


class iinfo:
    def __init__(self, type):
        limits = rules.limits(type)
        self.dtype = type
        self.bits = type.itemsize * 8
        self.max = limits["max"]
        self.min = limits["min"]


class Generator:
    def __init__(self, device="cpu"):
        self.device = device

    def manual_seed(self, seed):
        return self

    def seed(self) -> int:
        return _nw.unknown("a random seed")

    def initial_seed(self) -> int:
        return _nw.unknown("a random seed")

    def get_state(self) -> Tensor:
        return rules.new((5056,), rules.UINT8)

    def set_state(self, new_state):
        return None


default_generator = Generator()

_Pair = _nw.namedtuple("_Pair", ("values", "indices"))
_MinMax = _nw.namedtuple("_MinMax", ("min", "max"))
_QR = _nw.namedtuple("_QR", ("Q", "R"))
_UnpackedLU = _nw.namedtuple("_UnpackedLU", ("P", "L", "U"))
_SVD = _nw.namedtuple("_SVD", ("U", "S", "V"))
_SignLog = _nw.namedtuple("_SignLog", ("sign", "logabsdet"))
_Parts = _nw.namedtuple("_Parts", ("mantissa", "exponent"))
_Histogram = _nw.namedtuple("_Histogram", ("hist", "bin_edges"))


# --- creation

def _requested(args, size):
    """Sizes given as f(2, 3), f((2, 3)) or f(size=(2, 3))."""
    return tuple(size) if size is not None else rules.sizes_of(args)


@op(pivot="zeros(size if size is not None else args, dtype=dtype)")
def zeros(*args, size=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False, names=None) -> Tensor:
    return rules.filled(_requested(args, size), 0, rules.or_else(dtype, float32))


@op(pivot="ones(size if size is not None else args, dtype=dtype)")
def ones(*args, size=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False, names=None) -> Tensor:
    return rules.filled(_requested(args, size), 1, rules.or_else(dtype, float32))


@op(pivot="zeros(size if size is not None else args, dtype=dtype)")
def empty(*args, size=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False,
          memory_format=contiguous_format, names=None) -> Tensor:
    return rules.new(_requested(args, size), rules.or_else(dtype, float32))


@op()
def empty_strided(size, stride, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.new(size, rules.or_else(dtype, float32))


@op(pivot="full(size, fill_value, dtype=dtype)")
def full(size, fill_value, *, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False, names=None) -> Tensor:
    if dtype is None:
        dtype = fill_value.dtype if _nw.is_tensor(fill_value) else rules.scalar_dtype(fill_value)
    if _nw.is_tensor(fill_value):
        return rules.new(size, dtype)
    return rules.filled(size, fill_value, dtype)


@op(pivot="zeros(input.shape, dtype=dtype)")
def zeros_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, pin_memory=False) -> Tensor:
    return rules.filled(input.shape, 0, rules.or_else(dtype, input.dtype), like=input)


@op(pivot="ones(input.shape, dtype=dtype)")
def ones_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, pin_memory=False) -> Tensor:
    return rules.filled(input.shape, 1, rules.or_else(dtype, input.dtype), like=input)


@op(pivot="zeros(input.shape, dtype=dtype)")
def empty_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, pin_memory=False) -> Tensor:
    return rules.new(input.shape, rules.or_else(dtype, input.dtype), like=input)


@op(pivot="full(input.shape, fill_value, dtype=dtype)")
def full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, pin_memory=False) -> Tensor:
    return rules.filled(input.shape, fill_value, rules.or_else(dtype, input.dtype), like=input)


@op(pivot="range(args[0] if len(args) > 1 else 0, args[1] if len(args) > 1 else args[0], args[2] if len(args) > 2 else step, dtype=dtype)")
def arange(*args, start=0, end=None, step=1, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    if len(args) == 1 and end is None:
        return rules.arange(start, args[0], step, dtype)
    first = args[0] if len(args) > 0 else start
    last = args[1] if len(args) > 1 else end
    return rules.arange(first, last, args[2] if len(args) > 2 else step, dtype)


@op(pivot="range(start, end + step, step, dtype=dtype)")
def range(start=0, end=None, step=1, *, out=None, dtype=None, layout=strided, device=None, requires_grad=False) -> Tensor:
    if end is None:
        start, end = 0, start
    count = _nw.math("floor", (end - start) / step) + 1
    return rules.new((count,), rules.or_else(dtype, float32))


@op(pivot="linear_space(start, end, steps, dtype=dtype)")
def linspace(start, end, steps, *, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.linspace(start, end, steps, rules.or_else(dtype, float32))


@op()
def logspace(start, end, steps, base=10.0, *, out=None, dtype=None, layout=strided, device=None, requires_grad=False) -> Tensor:
    data = None
    if known(steps) and known(start) and known(end) and known(base) and 1 < steps <= rules.COMPUTED and dtype is None:
        data = [base ** (start + i * ((end - start) / (steps - 1))) for i in builtins.range(steps)]
    return rules.new((steps,), rules.or_else(dtype, float32), data=data)


@op(pivot="eye(n, m, dtype=dtype)")
def eye(n, m=None, *, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    m = n if m is None else m
    data = None
    if known(n) and known(m) and n * m <= rules.COMPUTED:
        data = [1 if i == j else 0 for i in builtins.range(n) for j in builtins.range(m)]
    return rules.new((n, m), rules.or_else(dtype, float32), data=data)


@op(pivot="constant(data, dtype=dtype)")
def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.from_data(data, dtype)


@op(pivot="constant(data, dtype=dtype)")
def as_tensor(data, dtype=None, device=None) -> Tensor:
    return rules.from_data(data, dtype)


@op(pivot="constant(obj, dtype=dtype)")
def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False) -> Tensor:
    return rules.from_data(obj, dtype)


@op(pivot="constant(ndarray)")
def from_numpy(ndarray) -> Tensor:
    return rules.from_data(ndarray)


@op(pivot="constant(s, dtype=dtype)")
def scalar_tensor(s, *, dtype=None, layout=None, device=None, pin_memory=False) -> Tensor:
    return rules.from_data(s, rules.or_else(dtype, float32))


@op()
def frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False) -> Tensor:
    return rules.new((count if count >= 0 else _nw.unknown("the length of a buffer"),), dtype)


@op()
def from_dlpack(ext_tensor) -> Tensor:
    return rules.new(None, None)


@op()
def complex(real, imag, *, out=None) -> Tensor:
    return rules.binary(real, imag, rules.complex_of(real.dtype))


@op()
def polar(abs, angle, *, out=None) -> Tensor:
    return rules.binary(abs, angle, rules.complex_of(abs.dtype))


@op(pivot="mesh_grid(tensors, indexing='ij' if indexing is None else indexing)", result="list[Tensor]")
def meshgrid(*tensors, indexing=None) -> list[Tensor]:
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tuple(tensors[0])
    sizes = [t.shape[0] if t.ndim == 1 else 1 for t in tensors]
    swap = indexing == "xy" and len(sizes) > 1
    shape = tuple([sizes[1], sizes[0]] + sizes[2:]) if swap else tuple(sizes)
    grids = []
    for i in builtins.range(len(tensors)):
        axis = 1 - i if swap and i < 2 else i
        data = rules.contents(tensors[i])
        if data is not None and rules.few(shape):
            data = rules.spread(data, (sizes[i],) + (1,) * (len(shape) - axis - 1), shape)
        else:
            data = None
        grids.append(_nw.view(tensors[i], shape, data=data))
    return tuple(grids)


@op()
def cartesian_prod(*tensors) -> Tensor:
    if len(tensors) == 1:
        return _nw.same(tensors[0])
    return rules.new((_nw.prod([t.shape[0] for t in tensors]), len(tensors)), tensors[0].dtype, like=tensors[0])


@op()
def combinations(input, r=2, with_replacement=False) -> Tensor:
    count = 1
    for i in builtins.range(r):
        count = count * (input.shape[0] + (i if with_replacement else -i)) // (i + 1)
    return rules.new((count, r), input.dtype, like=input)


@op()
def tril_indices(row, col, offset=0, *, dtype=int64, device=None, layout=strided) -> Tensor:
    ends = [builtins.max(0, builtins.min(col, i + offset + 1)) for i in builtins.range(row)]
    return _indices([(i, 0, end) for i, end in enumerate(ends)], rules.total(ends), dtype)


@op()
def triu_indices(row, col, offset=0, *, dtype=int64, device=None, layout=strided) -> Tensor:
    starts = [builtins.min(col, builtins.max(0, i + offset)) for i in builtins.range(row)]
    return _indices([(i, start, col) for i, start in enumerate(starts)], rules.total([col - start for start in starts]), dtype)


def _indices(parts, count, dtype):
    """Rows above columns, of the columns from a start to an end in each row."""
    data = None
    if known(count) and rules.few((2, count)):
        data = [i for i, start, end in parts for _ in builtins.range(start, end)] + [j for _, start, end in parts for j in builtins.range(start, end)]
    return rules.new((2, count), dtype, data=data)


def _window(size, periodic, dtype, factors):
    """Cosines of growing frequency over the window, in float32 where no other type is asked for."""
    data = None
    if known(size) and size <= 4096:
        parts = builtins.max(size if periodic else size - 1, 1)
        data = [builtins.sum([factor * _nw.math("cos", k * 2 * pi * i / parts) for k, factor in builtins.enumerate(factors)]) if size > 1 else 1.0
                for i in builtins.range(size)]
    return rules.new((size,), rules.or_else(dtype, float32), data=data)


@op()
def hann_window(window_length, periodic=True, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return _window(window_length, periodic, dtype, [0.5, -0.5])


@op()
def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return _window(window_length, periodic, dtype, [alpha, -beta])


@op()
def bartlett_window(window_length, periodic=True, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.new((window_length,), rules.or_else(dtype, float32))


@op()
def blackman_window(window_length, periodic=True, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return _window(window_length, periodic, dtype, [0.42, -0.5, 0.08])


@op()
def kaiser_window(window_length, periodic=True, beta=12.0, *, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.new((window_length,), rules.or_else(dtype, float32))


# --- random numbers

@op(effects="rng", pivot="random_uniform(size if size is not None else args, 0, 1, dtype=dtype)")
def rand(*args, size=None, generator=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False, names=None) -> Tensor:
    return rules.new(_requested(args, size), rules.or_else(dtype, float32))


@op(effects="rng", pivot="random_normal(size if size is not None else args, 0, 1, dtype=dtype)")
def randn(*args, size=None, generator=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False, names=None) -> Tensor:
    return rules.new(_requested(args, size), rules.or_else(dtype, float32))


@op(effects="rng")
def randint(*args, low=0, high=None, size=None, generator=None, out=None, dtype=None, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    if size is None:
        size = args[-1]
    return rules.new(size, rules.or_else(dtype, int64))


@op(effects="rng", pivot="random_permutation(n)")
def randperm(n, *, generator=None, out=None, dtype=int64, layout=strided, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    return rules.new((n,), dtype)


@op(effects="rng", pivot="random_uniform(input.shape, 0, 1, dtype=dtype)")
def rand_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, generator=None) -> Tensor:
    return rules.new(input.shape, rules.or_else(dtype, input.dtype), like=input)


@op(effects="rng", pivot="random_normal(input.shape, 0, 1, dtype=dtype)")
def randn_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format, generator=None) -> Tensor:
    return rules.new(input.shape, rules.or_else(dtype, input.dtype), like=input)


@op(effects="rng", pivot="random_integers(input.shape, low, high, dtype=dtype)")
def randint_like(input, low=0, high=None, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=preserve_format) -> Tensor:
    return rules.new(input.shape, rules.or_else(dtype, input.dtype), like=input)


@op(effects="rng", pivot="random_normal(size, mean, std, dtype=dtype)")
def normal(mean, std=1.0, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False) -> Tensor:
    if size is not None:
        return rules.new(size, rules.or_else(dtype, float32))
    return rules.binary(mean, std)


@op(effects="rng", pivot="random_bernoulli(input)")
def bernoulli(input, p=None, *, generator=None, out=None) -> Tensor:
    return rules.new(input.shape, input.dtype, like=input)


@op(effects="rng")
def poisson(input, generator=None) -> Tensor:
    return rules.new(input.shape, input.dtype, like=input)


@op(effects="rng")
def binomial(count, prob, generator=None) -> Tensor:
    return rules.binary(count, prob, count.dtype)


@op(effects="rng")
def multinomial(input, num_samples, replacement=False, *, generator=None, out=None) -> Tensor:
    check(input.ndim == 1 or input.ndim == 2, "prob_dist must be 1 or 2 dim")
    return rules.new(input.shape[:-1] + (num_samples,), int64, like=input)


def manual_seed(seed) -> Generator:
    return default_generator


def seed() -> int:
    return _nw.unknown("a random seed")


def initial_seed() -> int:
    return _nw.unknown("a random seed")


def get_rng_state() -> Tensor:
    return rules.new((5056,), uint8)


def set_rng_state(new_state) -> None:
    return None


# --- elementwise functions of one tensor

@op(pivot="abs(input)")
def abs(input, *, out=None) -> Tensor:
    return rules.mapped(input, rules.real_of(input.dtype), rules.absolute)


absolute = abs


@op(effects="in_place", pivot="abs(input)")
def abs_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="exp(input)")
def exp(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.exponential)


@op(effects="in_place", pivot="exp(input)")
def exp_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="power(2, input)")
def exp2(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="power(2, input)")
def exp2_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="expm1(input)")
def expm1(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="expm1(input)")
def expm1_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="log(input)")
def log(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.logarithm)


@op(effects="in_place", pivot="log(input)")
def log_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="log2(input)")
def log2(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.binary_logarithm)


@op(effects="in_place", pivot="log2(input)")
def log2_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="log10(input)")
def log10(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="log10(input)")
def log10_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="log1p(input)")
def log1p(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="log1p(input)")
def log1p_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="sqrt(input)")
def sqrt(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.square_root)


@op(effects="in_place", pivot="sqrt(input)")
def sqrt_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="rsqrt(input)")
def rsqrt(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="rsqrt(input)")
def rsqrt_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="reciprocal(input)")
def reciprocal(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.reciprocal)


@op(effects="in_place", pivot="reciprocal(input)")
def reciprocal_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="sin(input)")
def sin(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.sine)


@op(effects="in_place", pivot="sin(input)")
def sin_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="cos(input)")
def cos(input, *, out=None) -> Tensor:
    return rules.floating(input, rules.cosine)


@op(effects="in_place", pivot="cos(input)")
def cos_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="tan(input)")
def tan(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="tan(input)")
def tan_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="asin(input)")
def asin(input, *, out=None) -> Tensor:
    return rules.floating(input)

arcsin = asin


@op(effects="in_place", pivot="asin(input)")
def asin_(input) -> Tensor:
    return rules.in_place(input)

arcsin_ = asin_


@op(pivot="acos(input)")
def acos(input, *, out=None) -> Tensor:
    return rules.floating(input)

arccos = acos


@op(effects="in_place", pivot="acos(input)")
def acos_(input) -> Tensor:
    return rules.in_place(input)

arccos_ = acos_


@op(pivot="atan(input)")
def atan(input, *, out=None) -> Tensor:
    return rules.floating(input)

arctan = atan


@op(effects="in_place", pivot="atan(input)")
def atan_(input) -> Tensor:
    return rules.in_place(input)

arctan_ = atan_


@op(pivot="sinh(input)")
def sinh(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="sinh(input)")
def sinh_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="cosh(input)")
def cosh(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="cosh(input)")
def cosh_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="tanh(input)")
def tanh(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="tanh(input)")
def tanh_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="asinh(input)")
def asinh(input, *, out=None) -> Tensor:
    return rules.floating(input)

arcsinh = asinh


@op(effects="in_place")
def asinh_(input) -> Tensor:
    return rules.in_place(input)

arcsinh_ = asinh_


@op(pivot="acosh(input)")
def acosh(input, *, out=None) -> Tensor:
    return rules.floating(input)

arccosh = acosh


@op(effects="in_place")
def acosh_(input) -> Tensor:
    return rules.in_place(input)

arccosh_ = acosh_


@op(pivot="atanh(input)")
def atanh(input, *, out=None) -> Tensor:
    return rules.floating(input)

arctanh = atanh


@op(effects="in_place")
def atanh_(input) -> Tensor:
    return rules.in_place(input)

arctanh_ = atanh_


@op(pivot="sigmoid(input)")
def sigmoid(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="sigmoid(input)")
def sigmoid_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="erf(input)")
def erf(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="erf(input)")
def erf_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="erfc(input)")
def erfc(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="erfc(input)")
def erfc_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="erfinv(input)")
def erfinv(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="lgamma(input)")
def lgamma(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="digamma(input)")
def digamma(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="normalized_sinc(input)")
def sinc(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="normalized_sinc(input)", effects="in_place")
def sinc_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="bessel_i0(input)")
def i0(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="bessel_i0(input)", effects="in_place")
def i0_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="multiply(input, 0.017453292519943295)")
def deg2rad(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="multiply(input, 0.017453292519943295)", effects="in_place")
def deg2rad_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="multiply(input, 57.29577951308232)")
def rad2deg(input, *, out=None) -> Tensor:
    return rules.floating(input)


@op(pivot="multiply(input, 57.29577951308232)", effects="in_place")
def rad2deg_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="negative(input)")
def neg(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.negative)

negative = neg


@op(effects="in_place", pivot="negative(input)")
def neg_(input) -> Tensor:
    return rules.in_place(input)

negative_ = neg_


@op(pivot="sign(input)")
def sign(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.sign)


@op(pivot="sign(input)")
def sgn(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="floor(input)")
def floor(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.floor)


@op(effects="in_place", pivot="floor(input)")
def floor_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="ceil(input)")
def ceil(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.ceil)


@op(effects="in_place", pivot="ceil(input)")
def ceil_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="truncate(input)")
def trunc(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.truncate)

fix = trunc


@op(effects="in_place", pivot="truncate(input)")
def trunc_(input) -> Tensor:
    return rules.in_place(input)

fix_ = trunc_


@op(pivot="subtract(input, truncate(input))")
def frac(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="subtract(input, truncate(input))", effects="in_place")
def frac_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="square(input)")
def square(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.square)


@op(effects="in_place", pivot="square(input)")
def square_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="logical_not(input) if input.dtype == 'bool' else bitwise_not(input)")
def bitwise_not(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="round(input) if decimals == 0 else divide(round(multiply(input, power(10.0, decimals))), power(10.0, decimals))")
def round(input, *, decimals=0, out=None) -> Tensor:
    return rules.mapped(input, input.dtype, rules.half_even if decimals == 0 else None)


@op(effects="in_place", pivot="round(input) if decimals == 0 else None")
def round_(input, *, decimals=0) -> Tensor:
    return rules.in_place(input)


@op(pivot="identity(input)")
def positive(input) -> Tensor:
    return _nw.same(input)


@op(pivot="relu(input)")
def relu(input) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(effects="in_place", pivot="relu(input)")
def relu_(input) -> Tensor:
    return rules.in_place(input)


@op(pivot="logit(input) if eps is None else logit(clip(input, eps, 1 - eps))")
def logit(input, eps=None, *, out=None) -> Tensor:
    return rules.floating(input)


@op(effects="in_place", pivot="logit(input) if eps is None else logit(clip(input, eps, 1 - eps))")
def logit_(input, eps=None) -> Tensor:
    return rules.in_place(input)


@op(pivot="replace_not_finite(input, nan=nan, positive=posinf, negative=neginf)")
def nan_to_num(input, nan=0.0, posinf=None, neginf=None, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="replace_not_finite(input, nan=nan, positive=posinf, negative=neginf)", effects="in_place")
def nan_to_num_(input, nan=0.0, posinf=None, neginf=None) -> Tensor:
    return rules.in_place(input)


@op(pivot="conjugate(input)")
def conj(input) -> Tensor:
    return _nw.same(input)


@op(pivot="conjugate(input)")
def conj_physical(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="identity(input)")
def resolve_conj(input) -> Tensor:
    return _nw.same(input)


@op(pivot="identity(input)")
def resolve_neg(input) -> Tensor:
    return _nw.same(input)


@op(pivot="angle(input)")
def angle(input, *, out=None) -> Tensor:
    return rules.mapped(input, rules.real_of(rules.inexact(input.dtype)))


@op(pivot="real(input)")
def real(input) -> Tensor:
    return _nw.tensor(input.shape, rules.real_of(input.dtype), like=input)


@op(pivot="imaginary(input)")
def imag(input) -> Tensor:
    check(input.dtype.is_complex, "imag is not implemented for tensors with non-complex dtypes.")
    return _nw.tensor(input.shape, rules.real_of(input.dtype), like=input)


@op()
def view_as_real(input) -> Tensor:
    check(input.dtype.is_complex, "view_as_real is only supported for complex tensors")
    return _nw.tensor(input.shape + (2,), rules.real_of(input.dtype), like=input)


@op()
def view_as_complex(input) -> Tensor:
    check(input.ndim > 0 and input.shape[-1] == 2, "Tensor must have a last dimension of size 2")
    return _nw.tensor(input.shape[:-1], rules.complex_of(input.dtype), like=input)


@op()
def polygamma(n, input, *, out=None) -> Tensor:
    return rules.floating(input)


@op()
def mvlgamma(input, p, *, out=None) -> Tensor:
    return rules.floating(input)


@op(result="_Parts(Tensor, Tensor)")
def frexp(input, *, out=None) -> Any:
    return _Parts(rules.mapped(input, input.dtype), rules.mapped(input, int32))


@op(pivot="is_nan(input)")
def isnan(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="is_infinite(input)")
def isinf(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="is_finite(input)")
def isfinite(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="logical_and(is_infinite(input), less(input, 0))")
def isneginf(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="logical_and(is_infinite(input), greater(input, 0))")
def isposinf(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op()
def isreal(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="sign_bit(input)")
def signbit(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool)


@op(pivot="logical_not(input)")
def logical_not(input, *, out=None) -> Tensor:
    return rules.mapped(input, bool, rules.logical_not)


# --- elementwise functions of two operands

@op(pivot="add(input, other) if alpha == 1 else add(input, multiply(other, alpha))")
def add(input, other, *, alpha=1, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.add if alpha == 1 else None)


@op(pivot="subtract(input, other) if alpha == 1 else subtract(input, multiply(other, alpha))")
def sub(input, other, *, alpha=1, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.subtract if alpha == 1 else None)


subtract = sub


@op(pivot="multiply(input, other)")
def mul(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.multiply)


multiply = mul


@op(pivot="divide(input, other) if rounding_mode is None else floor_divide(input, other) if rounding_mode == 'floor' else truncate(divide(input, other)) if input.dtype == 'float32' else truncated_divide(input, other)")
def div(input, other, *, rounding_mode=None, out=None) -> Tensor:
    return _divided(input, other, rounding_mode)


divide = div


@op(pivot="divide(input, other)")
def true_divide(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other, rules.divide)


@op(pivot="floor_divide(input, other)")
def floor_divide(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.floor_divide)


@op(pivot="remainder(input, other)")
def remainder(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.remainder)


@op(pivot="truncated_remainder(input, other)")
def fmod(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


def _divided(input, other, rounding_mode):
    if rounding_mode is None:
        return rules.real_binary(input, other, rules.divide)
    check(rounding_mode == "trunc" or rounding_mode == "floor",
          "div expected rounding_mode to be one of None, 'trunc', or 'floor'")
    return rules.binary(input, other, None, rules.floor_divide if rounding_mode == "floor" else None)


@op(pivot="power(input, exponent)")
def pow(input, exponent, *, out=None) -> Tensor:
    return rules.binary(input, exponent, None, rules.power)


@op(pivot="power(cast(input, 'float64'), exponent)")
def float_power(input, exponent, *, out=None) -> Tensor:
    return rules.binary(input, exponent, float64)


@op(pivot="subtract(other, input) if alpha == 1 else subtract(other, multiply(input, alpha))")
def rsub(input, other, *, alpha=1) -> Tensor:
    return rules.binary(input, other)


@op(pivot="maximum(input, other)")
def maximum(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.maximum)


@op(pivot="minimum(input, other)")
def minimum(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, None, rules.minimum)


@op(pivot="number_maximum(input, other)")
def fmax(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="number_minimum(input, other)")
def fmin(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="atan2(input, other)")
def atan2(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


arctan2 = atan2


@op()
def hypot(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def logaddexp(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="log_add_exp2(input, other)")
def logaddexp2(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op()
def xlogy(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op(effects="in_place")
def xlogy_(input, other) -> Tensor:
    return rules.in_place(input, other)


@op()
def copysign(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def nextafter(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="multiply(input, power(2.0, other))")
def ldexp(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op(effects="in_place")
def ldexp_(input, other) -> Tensor:
    return rules.in_place(input, other)


@op(pivot="greatest_divisor(input, other)")
def gcd(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(effects="in_place")
def gcd_(input, other) -> Tensor:
    return rules.in_place(input, other)


@op(pivot="least_multiple(input, other)")
def lcm(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(effects="in_place")
def lcm_(input, other) -> Tensor:
    return rules.in_place(input, other)


@op(pivot="logical_and(input, other) if input.dtype == 'bool' and (other is True or other is False or other.dtype == 'bool') else bitwise_and(input, other)")
def bitwise_and(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="logical_or(input, other) if input.dtype == 'bool' and (other is True or other is False or other.dtype == 'bool') else bitwise_or(input, other)")
def bitwise_or(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="logical_xor(input, other) if input.dtype == 'bool' and (other is True or other is False or other.dtype == 'bool') else bitwise_xor(input, other)")
def bitwise_xor(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="shift_left(input, other)")
def bitwise_left_shift(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="shift_right(input, other)")
def bitwise_right_shift(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op(pivot="logical_and(input, other)")
def logical_and(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.logical_and)


@op(pivot="logical_or(input, other)")
def logical_or(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.logical_or)


@op(pivot="logical_xor(input, other)")
def logical_xor(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.logical_xor)


@op(pivot="equal(input, other)")
def eq(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.equal)


@op(pivot="not_equal(input, other)")
def ne(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.not_equal)


not_equal = ne


@op(pivot="less(input, other)")
def lt(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.less)


less = lt


@op(pivot="less_equal(input, other)")
def le(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.less_equal)


less_equal = le


@op(pivot="greater(input, other)")
def gt(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.greater)


greater = gt


@op(pivot="greater_equal(input, other)")
def ge(input, other, *, out=None) -> Tensor:
    return rules.binary(input, other, bool, rules.greater_equal)


greater_equal = ge


@op()
def igamma(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op()
def igammac(input, other, *, out=None) -> Tensor:
    return rules.real_binary(input, other)


@op(pivot="heaviside(input, values)")
def heaviside(input, values, *, out=None) -> Tensor:
    return rules.binary(input, values)


@op(pivot="is_close(input, other, relative=rtol, absolute=atol, equal_nan=equal_nan)")
def isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False) -> Tensor:
    return rules.binary(input, other, bool)


@op(pivot="is_in(elements, test_elements, invert=invert)")
def isin(elements, test_elements, *, assume_unique=False, invert=False) -> Tensor:
    if not _nw.is_tensor(elements):
        return rules.new((), bool)
    return rules.new(elements.shape, bool, like=elements)


def allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False) -> bool:
    return _nw.unknown("whether two tensors are close depends on their contents")


def equal(input, other) -> bool:
    if known(input.shape) and known(other.shape) and input.shape != other.shape:
        return False
    return _nw.unknown("whether two tensors are equal depends on their contents")


# --- elementwise functions of more operands

@op(pivot="clip(input, min, max)")
def clamp(input, min=None, max=None, *, out=None) -> Tensor:
    return _clamped(input, min, max)


clip = clamp


@op(effects="in_place", pivot="clip(input, min, max)")
def clamp_(input, min=None, max=None) -> Tensor:
    return rules.in_place(input)


clip_ = clamp_


@op(pivot="clip(input, min, None)")
def clamp_min(input, min, *, out=None) -> Tensor:
    return _clamped(input, min, None)


@op(effects="in_place", pivot="clip(input, min, None)")
def clamp_min_(input, min) -> Tensor:
    return rules.in_place(input)


@op(pivot="clip(input, None, max)")
def clamp_max(input, max, *, out=None) -> Tensor:
    return _clamped(input, None, max)


@op(effects="in_place", pivot="clip(input, None, max)")
def clamp_max_(input, max) -> Tensor:
    return rules.in_place(input)


def _clamped(input, low, high):
    check(low is not None or high is not None, "torch.clamp: At least one of 'min' or 'max' must not be None")
    result = input
    if low is not None:
        result = rules.binary(result, low, None, rules.maximum)
    return result if high is None else rules.binary(result, high, None, rules.minimum)


@op(pivot="where(condition, args[0], args[1]) if len(args) > 1 else None", result="Tensor if len(args) > 1 or input is not None else list[Tensor]")
def where(condition, *args, input=None, other=None, out=None) -> Any:
    if len(args) == 0 and input is None:
        return nonzero(condition, as_tuple=True)
    a = args[0] if len(args) > 0 else input
    b = args[1] if len(args) > 1 else other
    shape = _nw.broadcast(condition.shape, rules.shape_of(a), rules.shape_of(b))
    data = rules.contents(condition)
    if data is not None and rules.contents(a) is not None and rules.contents(b) is not None and rules.few(shape):
        flags = rules.spread(data, condition.shape, shape)
        left = rules.spread(rules.contents(a), rules.shape_of(a), shape)
        right = rules.spread(rules.contents(b), rules.shape_of(b), shape)
        data = [left[i] if flags[i] else right[i] for i in builtins.range(len(flags))]
    else:
        data = None
    return rules.new(shape, _nw.promote(a, b), like=condition, data=data)


@op(pivot="lerp(input, end, weight)")
def lerp(input, end, weight, *, out=None) -> Tensor:
    return rules.new(_nw.broadcast(input.shape, end.shape, rules.shape_of(weight)), input.dtype, like=input)


@op(pivot="fused_multiply_add(input, tensor1, tensor2, value)")
def addcmul(input, tensor1, tensor2, *, value=1, out=None) -> Tensor:
    return rules.new(_nw.broadcast(input.shape, tensor1.shape, tensor2.shape), _nw.promote(input, tensor1, tensor2), like=input)


@op(pivot="add(input, multiply(divide(tensor1, tensor2), value))")
def addcdiv(input, tensor1, tensor2, *, value=1, out=None) -> Tensor:
    dtype = rules.inexact(_nw.promote(input, tensor1, tensor2))
    return rules.new(_nw.broadcast(input.shape, tensor1.shape, tensor2.shape), dtype, like=input)


# --- reductions

@op(pivot="reduce_sum(input if dtype is None else cast(input, dtype), axes=dim, keepdims=keepdim)")
def sum(input, dim=None, keepdim=False, *, dtype=None, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, rules.summed(input.dtype) if dtype is None else dtype, rules.total)


@op(pivot="nan_sum(input if dtype is None else cast(input, dtype), axes=dim, keepdims=keepdim)")
def nansum(input, dim=None, keepdim=False, *, dtype=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, rules.summed(input.dtype) if dtype is None else dtype)


@op(pivot="reduce_mean(input if dtype is None else cast(input, dtype), axes=dim, keepdims=keepdim)")
def mean(input, dim=None, keepdim=False, *, dtype=None, out=None) -> Tensor:
    result = input.dtype if dtype is None else dtype
    check(result.is_floating_point or result.is_complex, "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype")
    return rules.reduced(input, dim, keepdim, result, rules.mean)


@op(pivot="nan_mean(input if dtype is None else cast(input, dtype), axes=dim, keepdims=keepdim)")
def nanmean(input, dim=None, keepdim=False, *, dtype=None, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, input.dtype if dtype is None else dtype)


@op(pivot="reduce_product(input if dtype is None else cast(input, dtype), axes=dim, keepdims=keepdim)")
def prod(input, dim=None, keepdim=False, *, dtype=None, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, rules.summed(input.dtype) if dtype is None else dtype, rules.product)


def _extreme(input, dim, keepdim, function):
    """max and min: a value, the pair of values and indices along an axis, or elementwise of two tensors."""
    if dim is None:
        return rules.reduced(input, None, False, input.dtype, function)
    if _nw.is_tensor(dim):
        return rules.binary(input, dim)
    check(isinstance(dim, builtins.int), "max(): argument 'dim' must be int")
    return _Pair(rules.reduced(input, dim, keepdim, input.dtype, function), rules.reduced(input, dim, keepdim, int64))


@op(pivot="reduce_max(input) if dim is None and other is None else (reduce_max(input, axes=dim, keepdims=keepdim), argmax(input, axis=dim, keepdims=keepdim)) if isinstance(dim, int) else maximum(input, dim if other is None else other)",
    result="Tensor if dim is None or isinstance(dim, Tensor) else _Pair(Tensor, Tensor)")


def max(input, dim=None, keepdim=False, *, other=None, out=None) -> Any:
    return _extreme(input, dim if other is None else other, keepdim, rules.largest)


@op(pivot="reduce_min(input) if dim is None and other is None else (reduce_min(input, axes=dim, keepdims=keepdim), argmin(input, axis=dim, keepdims=keepdim)) if isinstance(dim, int) else minimum(input, dim if other is None else other)",
    result="Tensor if dim is None or isinstance(dim, Tensor) else _Pair(Tensor, Tensor)")


def min(input, dim=None, keepdim=False, *, other=None, out=None) -> Any:
    return _extreme(input, dim if other is None else other, keepdim, rules.smallest)


@op(pivot="reduce_max(input, axes=dim, keepdims=keepdim)")
def amax(input, dim=(), keepdim=False, *, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, input.dtype, rules.largest)


@op(pivot="reduce_min(input, axes=dim, keepdims=keepdim)")
def amin(input, dim=(), keepdim=False, *, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, input.dtype, rules.smallest)


@op(pivot="(reduce_min(input, axes=dim, keepdims=keepdim), reduce_max(input, axes=dim, keepdims=keepdim))", result="_MinMax(Tensor, Tensor)")
def aminmax(input, *, dim=None, keepdim=False, out=None) -> Any:
    return _MinMax(rules.reduced(input, dim, keepdim, input.dtype, rules.smallest), rules.reduced(input, dim, keepdim, input.dtype, rules.largest))


@op(pivot="argmax(input, axis=dim, keepdims=keepdim)")
def argmax(input, dim=None, keepdim=False) -> Tensor:
    return rules.reduced(input, dim, keepdim, int64, rules.first_largest)


@op(pivot="argmin(input, axis=dim, keepdims=keepdim)")
def argmin(input, dim=None, keepdim=False) -> Tensor:
    return rules.reduced(input, dim, keepdim, int64, rules.first_smallest)


@op(pivot="reduce_any(input, axes=dim, keepdims=keepdim)")
def any(input, dim=None, keepdim=False, *, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, _flag_dtype(input.dtype), rules.any_true)


@op(pivot="reduce_all(input, axes=dim, keepdims=keepdim)")
def all(input, dim=None, keepdim=False, *, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, _flag_dtype(input.dtype), rules.all_true)


def _flag_dtype(dtype):
    return uint8 if known(dtype) and dtype == uint8 else bool


@op(pivot="logsumexp(input, axes=dim, keepdims=keepdim)")
def logsumexp(input, dim, keepdim=False, *, out=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, rules.inexact(input.dtype))


@op(pivot="variance(input, axes=None if (dim is True or dim is False) else dim, keepdims=keepdim, correction=(1 if dim else 0) if (dim is True or dim is False) else (1 if unbiased else 0) if unbiased is not None else correction)")
def var(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None) -> Tensor:
    return _spread_of(input, dim, keepdim)


@op(pivot="standard_deviation(input, axes=None if (dim is True or dim is False) else dim, keepdims=keepdim, correction=(1 if dim else 0) if (dim is True or dim is False) else (1 if unbiased else 0) if unbiased is not None else correction)")
def std(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None) -> Tensor:
    return _spread_of(input, dim, keepdim)


def _spread_of(input, dim, keepdim):
    if isinstance(dim, builtins.bool):  # var(input, unbiased)
        dim = None
    return rules.reduced(input, dim, keepdim, rules.real_of(input.dtype))


@op(result="(Tensor, Tensor)",
    pivot="(variance(input, axes=dim, keepdims=keepdim, correction=correction if unbiased is None else (1 if unbiased else 0)), reduce_mean(input, axes=dim, keepdims=keepdim))")


def var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None) -> Any:
    return _spread_of(input, dim, keepdim), rules.reduced(input, dim, keepdim, input.dtype)


@op(result="(Tensor, Tensor)",
    pivot="(standard_deviation(input, axes=dim, keepdims=keepdim, correction=correction if unbiased is None else (1 if unbiased else 0)), reduce_mean(input, axes=dim, keepdims=keepdim))")


def std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None) -> Any:
    return _spread_of(input, dim, keepdim), rules.reduced(input, dim, keepdim, input.dtype)


@op(pivot="norm(input, order=2 if p == 'fro' or p is None else p, axes=dim, keepdims=keepdim) if p != 'nuc' else None")
def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None) -> Tensor:
    return rules.reduced(input, dim, keepdim, rules.real_of(input.dtype) if dtype is None else dtype)


@op(pivot="norm(subtract(input, other), order=p, axes=None, keepdims=False)")
def dist(input, other, p=2) -> Tensor:
    return rules.new((), _nw.promote(input, other), like=input)


@op(pivot="median(input) if dim is None else None", result="Tensor if dim is None else _Pair(Tensor, Tensor)")
def median(input, dim=None, keepdim=False, *, out=None) -> Any:
    if dim is None:
        return rules.new((), input.dtype, like=input)
    return _Pair(rules.reduced(input, dim, keepdim, input.dtype), rules.reduced(input, dim, keepdim, int64))


@op(result="Tensor if dim is None else _Pair(Tensor, Tensor)")
def nanmedian(input, dim=None, keepdim=False, *, out=None) -> Any:
    if dim is None:
        return rules.new((), input.dtype, like=input)
    return _Pair(rules.reduced(input, dim, keepdim, input.dtype), rules.reduced(input, dim, keepdim, int64))


@op(result="_Pair(Tensor, Tensor)")
def mode(input, dim=-1, keepdim=False, *, out=None) -> Any:
    return _Pair(rules.reduced(input, dim, keepdim, input.dtype), rules.reduced(input, dim, keepdim, int64))


@op(result="_Pair(Tensor, Tensor)")
def kthvalue(input, k, dim=-1, keepdim=False, *, out=None) -> Any:
    return _Pair(rules.reduced(input, dim, keepdim, input.dtype), rules.reduced(input, dim, keepdim, int64))


@op(pivot="quantile(input, q=q, axis=dim, keepdims=keepdim, method=interpolation)")
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None) -> Tensor:
    lead = q.shape if _nw.is_tensor(q) else ()
    return rules.new(tuple(lead) + rules.reduced_shape(input.shape, dim, keepdim), input.dtype, like=input)


@op()
def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None) -> Tensor:
    lead = q.shape if _nw.is_tensor(q) else ()
    return rules.new(tuple(lead) + rules.reduced_shape(input.shape, dim, keepdim), input.dtype, like=input)


@op(pivot="count_nonzero(input, axes=dim)")
def count_nonzero(input, dim=None) -> Tensor:
    return rules.reduced(input, dim, False, int64)


# --- scans, sorting, counting

@op(pivot="cumulative_sum(input if dtype is None else cast(input, dtype), axis=dim)")
def cumsum(input, dim, *, dtype=None, out=None) -> Tensor:
    return rules.scanned(input, dim, rules.summed(input.dtype) if dtype is None else dtype, rules.add)


@op(pivot="cumulative_product(input if dtype is None else cast(input, dtype), axis=dim)")
def cumprod(input, dim, *, dtype=None, out=None) -> Tensor:
    return rules.scanned(input, dim, rules.summed(input.dtype) if dtype is None else dtype, rules.multiply)


@op(pivot="cumulative_logsumexp(input, axis=dim)")
def logcumsumexp(input, dim, *, out=None) -> Tensor:
    return rules.scanned(input, dim, rules.inexact(input.dtype))


@op(result="_Pair(Tensor, Tensor)")
def cummax(input, dim, *, out=None) -> Any:
    return _Pair(rules.scanned(input, dim, input.dtype), rules.scanned(input, dim, int64))


@op(result="_Pair(Tensor, Tensor)")
def cummin(input, dim, *, out=None) -> Any:
    return _Pair(rules.scanned(input, dim, input.dtype), rules.scanned(input, dim, int64))


@op()
def diff(input, n=1, dim=-1, prepend=None, append=None, *, out=None) -> Tensor:
    axis = normal_dim(dim, input.ndim)
    size = input.shape[axis] - n
    if prepend is not None:
        size = size + prepend.shape[axis]
    if append is not None:
        size = size + append.shape[axis]
    values = _nw.flat(input)
    if values is not None and input.ndim == 1 and n == 1 and prepend is None and append is None and input.dtype is not bool:
        values = [values[i + 1] - values[i] for i in builtins.range(len(values) - 1)]
    else:
        values = None
    return _nw.tensor(rules.replaced(input.shape, axis, builtins.max(size, 0)), input.dtype, like=input, data=values)


@op(pivot="(sort(input, axis=dim, descending=descending), argsort(input, axis=dim, descending=descending))", result="_Pair(Tensor, Tensor)")
def sort(input, dim=-1, descending=False, stable=False, *, out=None) -> Any:
    normal_dim(dim, rules.rank_of(input.shape))
    return _Pair(rules.mapped(input, input.dtype), rules.mapped(input, int64))


@op(pivot="argsort(input, axis=dim, descending=descending)")
def argsort(input, dim=-1, descending=False, stable=False) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return rules.mapped(input, int64)


@op(pivot="sort(input, axis=0, descending=False)")
def msort(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="top_k(input, k=k, axis=dim, largest=largest)", result="_Pair(Tensor, Tensor)")
def topk(input, k, dim=-1, largest=True, sorted=True, *, out=None) -> Any:
    k = rules.number_of(k)
    if input.ndim == 0:
        return _Pair(rules.mapped(input, input.dtype), rules.mapped(input, int64))
    axis = normal_dim(dim, input.ndim)
    check(k <= input.shape[axis], "selected index k out of range")
    shape = rules.replaced(input.shape, axis, k)
    return _Pair(rules.new(shape, input.dtype, like=input), rules.new(shape, int64, like=input))


@op(result="Tensor if not return_inverse and not return_counts else (Tensor,) * (1 + return_inverse + return_counts)")
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None) -> Any:
    return _unique(input, return_inverse, return_counts, dim, rules.distinct)


@op(result="Tensor if not return_inverse and not return_counts else (Tensor,) * (1 + return_inverse + return_counts)")
def unique_consecutive(input, return_inverse=False, return_counts=False, dim=None) -> Any:
    return _unique(input, return_inverse, return_counts, dim, rules.runs)


def _unique(input, return_inverse, return_counts, dim, function):
    """Values, places and counts; `function` gives them from known contents."""
    data = rules.contents(input) if dim is None else None
    if data is not None and len(data) <= rules.COMPUTED:
        values, inverse, counts = function(data)
        count = len(values)
    else:
        values, inverse, counts = None, None, None
        count = _nw.unknown("how many distinct values there are")
    shape = (count,)
    places = input.shape
    if dim is not None:
        axis = normal_dim(dim, input.ndim)
        shape = rules.replaced(input.shape, axis, count)
        places = (input.shape[axis],)
    results = [rules.new(shape, input.dtype, like=input, data=values)]
    if return_inverse:
        results.append(rules.new(places, int64, like=input, data=inverse))
    if return_counts:
        results.append(rules.new((count,), int64, like=input, data=counts))
    return results[0] if len(results) == 1 else tuple(results)


@op()
def bincount(input, weights=None, minlength=0) -> Tensor:
    dtype = int64 if weights is None else float64
    return rules.new((_nw.unknown("how many bins depends on the contents"),), dtype, like=input)


@op()
def histc(input, bins=100, min=0, max=0, *, out=None) -> Tensor:
    return rules.new((bins,), input.dtype, like=input)


@op(result="_Histogram(Tensor, Tensor)")
def histogram(input, bins, *, range=None, weight=None, density=False, out=None) -> Any:
    count = bins.shape[0] - 1 if _nw.is_tensor(bins) else bins
    return _Histogram(rules.new((count,), input.dtype, like=input), rules.new((count + 1,), input.dtype, like=input))


@op()
def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, out=None, sorter=None) -> Tensor:
    dtype = int32 if out_int32 else int64
    return rules.new(rules.shape_of(input), dtype, like=sorted_sequence)


@op()
def bucketize(input, boundaries, *, out_int32=False, right=False, out=None) -> Tensor:
    dtype = int32 if out_int32 else int64
    return rules.new(rules.shape_of(input), dtype, like=boundaries)


@op(pivot="softmax(input if dtype is None else cast(input, dtype), axis=dim)")
def softmax(input, dim, dtype=None, *, out=None) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return rules.mapped(input, input.dtype if dtype is None else dtype)


@op(pivot="log_softmax(input if dtype is None else cast(input, dtype), axis=dim)")
def log_softmax(input, dim, dtype=None, *, out=None) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return rules.mapped(input, input.dtype if dtype is None else dtype)


# --- shapes

@op(pivot="reshape(input, shape)")
def reshape(input, shape) -> Tensor:
    return _nw.view(input, _nw.reshaped(input.shape, tuple(shape)), data=_nw.flat(input))


@op(pivot="flatten(input, start=start_dim, end=end_dim)")
def flatten(input, start_dim=0, end_dim=-1) -> Tensor:
    return _nw.view(input, rules.flattened(input.shape, start_dim, end_dim), data=_nw.flat(input))


@op(pivot="reshape(input, (-1,))")
def ravel(input) -> Tensor:
    return _nw.view(input, (_nw.prod(input.shape),), data=_nw.flat(input))


@op(pivot="unflatten(input, axis=dim, sizes=sizes)")
def unflatten(input, dim, sizes) -> Tensor:
    axis = normal_dim(dim, input.ndim)
    parts = _nw.reshaped((input.shape[axis],), tuple(sizes))
    return _nw.view(input, input.shape[:axis] + parts + input.shape[axis + 1:], data=_nw.flat(input))


@op(pivot="transpose(input, permutation=dims)")
def permute(input, dims) -> Tensor:
    return rules.transposed(input, rules.order_of(tuple(dims), input.ndim))


@op(pivot="swap_axes(input, dim0, dim1)")
def transpose(input, dim0, dim1) -> Tensor:
    rank = rules.rank_of(input.shape)
    return _swapped(input, normal_dim(dim0, rank), normal_dim(dim1, rank))


def _swapped(input, a, b):
    if input.ndim == 0:
        return _nw.same(input)
    order = [i for i in builtins.range(input.ndim)]
    order[a] = b
    order[b] = a
    return rules.transposed(input, order)


@op(pivot="swap_axes(input, axis0, axis1)")
def swapaxes(input, axis0, axis1) -> Tensor:
    rank = rules.rank_of(input.shape)
    return _swapped(input, normal_dim(axis0, rank), normal_dim(axis1, rank))


@op(pivot="swap_axes(input, dim0, dim1)")
def swapdims(input, dim0, dim1) -> Tensor:
    rank = rules.rank_of(input.shape)
    return _swapped(input, normal_dim(dim0, rank), normal_dim(dim1, rank))


@op(pivot="swap_axes(input, 0, 1) if input.ndim == 2 else identity(input)")
def t(input) -> Tensor:
    check(input.ndim <= 2, "t() expects a tensor with <= 2 dimensions")
    return _swapped(input, 0, 1) if input.ndim == 2 else _nw.same(input)


@op(pivot="swap_axes(input, -2, -1)")
def adjoint(input) -> Tensor:
    check(input.ndim >= 2, "tensor.adjoint() is only supported on matrices or batches of matrices")
    return _swapped(input, input.ndim - 2, input.ndim - 1)


@op(pivot="move_axis(input, source=source, destination=destination)")
def movedim(input, source, destination) -> Tensor:
    source = (source,) if isinstance(source, builtins.int) else tuple(source)
    destination = (destination,) if isinstance(destination, builtins.int) else tuple(destination)
    check(len(source) == len(destination), "movedim: Invalid source or destination dims")
    source = [normal_dim(d, input.ndim) for d in source]
    destination = [normal_dim(d, input.ndim) for d in destination]
    rest = [i for i in builtins.range(input.ndim) if i not in source]
    order = []
    taken = 0
    for i in builtins.range(input.ndim):
        if i in destination:
            order.append(source[destination.index(i)])
        else:
            order.append(rest[taken])
            taken = taken + 1
    return rules.transposed(input, order)


moveaxis = movedim


@op(pivot="squeeze(input, axes=dim)")
def squeeze(input, dim=None) -> Tensor:
    if dim is None:
        shape = [s for s in input.shape if s != 1]
    else:
        axes = rules.axes_of(dim, input.ndim)
        shape = [input.shape[i] for i in builtins.range(input.ndim) if i not in axes or input.shape[i] != 1]
    return _nw.view(input, tuple(shape), data=_nw.flat(input))


@op(pivot="expand_dims(input, axis=dim)")
def unsqueeze(input, dim) -> Tensor:
    return _nw.view(input, rules.inserted(input.shape, normal_dim(dim, input.ndim + 1), 1), data=_nw.flat(input))


@op(pivot="broadcast_to(input, shape=size)")
def broadcast_to(input, size) -> Tensor:
    return _expanded(input, tuple(size))


def _expanded(input, sizes):
    shape = rules.expanded(input.shape, sizes)
    data = _nw.flat(input)
    if data is not None:
        data = rules.spread(data, input.shape, shape) if rules.few(shape) else None
    return _nw.view(input, shape, data=data)


def broadcast_shapes(*shapes) -> Size:
    return Size(_nw.broadcast(*[(s,) if isinstance(s, builtins.int) else tuple(s) for s in shapes]))


@op(result="list[Tensor]")
def broadcast_tensors(*tensors) -> Any:
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        tensors = tensors[0]
    shape = _nw.broadcast(*[t.shape for t in tensors])
    return tuple([_expanded(t, shape) for t in tensors])


@op(pivot="tile(input, repeats=dims)")
def tile(input, dims) -> Tensor:
    return _tiled(input, (1,) * (input.ndim - len(dims)) + tuple(dims))


def _tiled(input, repeats):
    check(len(repeats) >= input.ndim, "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor")
    shape = (1,) * (len(repeats) - input.ndim) + tuple(input.shape)
    sizes = [shape[i] * repeats[i] for i in builtins.range(len(repeats))]
    data = rules.contents(input) if known(_nw.prod(sizes)) else None
    return rules.new(sizes, input.dtype, like=input, data=rules.tiled(data, shape, repeats) if data is not None and rules.small(sizes) else None)


@op(pivot="repeat(input, count=repeats, axis=dim)")
def repeat_interleave(input, repeats=None, dim=None, *, output_size=None) -> Tensor:
    if repeats is None:
        return rules.new((_nw.unknown("the sum of a tensor of counts"),), int64, like=input)
    shape = input.shape if dim is not None else (_nw.prod(input.shape),)
    axis = normal_dim(dim, input.ndim) if dim is not None else 0
    if _nw.is_tensor(repeats):
        counts = rules.contents(repeats)
        if output_size is not None:
            size = output_size
        elif counts is None:
            size = _nw.unknown("the sum of a tensor of counts")
        else:
            size = rules.total(counts) if len(counts) > 1 else shape[axis] * counts[0]
    else:
        size = shape[axis] * repeats
    data = rules.contents(input) if len(shape) == 1 and rules.is_integer(repeats) and known(repeats) else None
    if data is not None:
        data = [x for x in data for i in builtins.range(repeats)] if known(size) and size <= rules.COMPUTED else None
    return rules.new(rules.replaced(shape, axis, size), input.dtype, like=input, data=data)


@op(pivot="concatenate(tensors, axis=dim)")
def cat(tensors, dim=0, *, out=None) -> Tensor:
    check(len(tensors) > 0, "torch.cat(): expected a non-empty list of Tensors", ValueError)
    shape = rules.concatenated([t.shape for t in tensors], dim, "cat")
    data = rules.joined_along(tensors, normal_dim(dim, len(shape)))
    return rules.new(shape, _nw.promote(*tensors), like=tensors[0], data=data)


concat = cat
concatenate = cat


@op(pivot="stack(tensors, axis=dim)")
def stack(tensors, dim=0, *, out=None) -> Tensor:
    check(len(tensors) > 0, "stack expects a non-empty TensorList")
    first = tensors[0]
    for t in tensors:
        check(tuple(t.shape) == tuple(first.shape), "stack expects each tensor to be equal size")
    axis = normal_dim(dim, first.ndim + 1)
    data = rules.joined_along(tensors, axis)
    return rules.new(rules.inserted(first.shape, axis, len(tensors)), _nw.promote(*tensors), like=first, data=data)


@op(pivot="concatenate(tensors, axis=0 if tensors[0].ndim == 1 else 1) if tensors[0].ndim > 0 else stack(tensors, axis=0)")
def hstack(tensors, *, out=None) -> Tensor:
    tensors = [_at_least(t, 1) for t in tensors]
    return cat(tensors, 0 if tensors[0].ndim == 1 else 1)


@op(pivot="concatenate(tensors, axis=0) if tensors[0].ndim > 1 else stack(tensors, axis=0) if tensors[0].ndim == 1 else None")
def vstack(tensors, *, out=None) -> Tensor:
    return cat([_at_least(t, 2) for t in tensors], 0)


row_stack = vstack


@op(pivot="concatenate(tensors, axis=2) if tensors[0].ndim > 2 else stack(tensors, axis=2) if tensors[0].ndim == 2 else None")
def dstack(tensors, *, out=None) -> Tensor:
    return cat([_at_least(t, 3) for t in tensors], 2)


@op()
def column_stack(tensors, *, out=None) -> Tensor:
    return cat([_nw.view(t, (_nw.prod(t.shape), 1)) if t.ndim <= 1 else t for t in tensors], 1)


def _at_least(input, rank):
    shape = tuple(input.shape)
    if len(shape) == 0:
        shape = (1,) * rank
    elif rank >= 2 and len(shape) == 1:
        shape = (1,) + shape
    if rank == 3 and len(shape) == 2:
        shape = shape + (1,)
    return _nw.view(input, shape, data=_nw.flat(input))


@op(pivot="None if len(tensors) != 1 else identity(tensors[0]) if tensors[0].ndim > 0 else expand_dims(tensors[0], 0)", result="Tensor if len(tensors) == 1 else (Tensor,) * len(tensors)")
def atleast_1d(*tensors) -> Any:
    return _each_at_least(tensors, 1)


@op(pivot="None if len(tensors) != 1 else identity(tensors[0]) if tensors[0].ndim > 1 else expand_dims(tensors[0], 0) if tensors[0].ndim == 1 else None", result="Tensor if len(tensors) == 1 else (Tensor,) * len(tensors)")
def atleast_2d(*tensors) -> Any:
    return _each_at_least(tensors, 2)


@op(pivot="None if len(tensors) != 1 else identity(tensors[0]) if tensors[0].ndim > 2 else expand_dims(tensors[0], 2) if tensors[0].ndim == 2 else None", result="Tensor if len(tensors) == 1 else (Tensor,) * len(tensors)")
def atleast_3d(*tensors) -> Any:
    return _each_at_least(tensors, 3)


def _each_at_least(tensors, rank):
    if len(tensors) == 1 and not isinstance(tensors[0], (list, tuple)):
        return _at_least(tensors[0], rank)
    items = tensors[0] if len(tensors) == 1 else tensors
    return tuple([_at_least(t, rank) for t in items])


@op()
def block_diag(*tensors) -> Tensor:
    rows = 0
    columns = 0
    for t in tensors:
        shape = (1,) * (2 - t.ndim) + tuple(t.shape)
        rows = rows + shape[0]
        columns = columns + shape[1]
    return rules.new((rows, columns), _nw.promote(*tensors), like=tensors[0])


@op(pivot="split(tensor, sections=split_size_or_sections, axis=dim)",
    result="(Tensor,) * len(split_size_or_sections) if isinstance(split_size_or_sections, (list, tuple)) else list[Tensor]")


def split(tensor, split_size_or_sections, dim=0) -> list[Tensor]:
    axis = normal_dim(dim, tensor.ndim)
    size = tensor.shape[axis]
    sections = split_size_or_sections
    if isinstance(sections, (list, tuple)):
        check(rules.total(sections) == size, "split_with_sizes expects split_sizes to sum exactly to the input tensor's size at the dimension")
        return rules.parts(tensor, sections, axis)
    check(sections > 0, "split expects split_size be positive")
    return rules.parts(tensor, rules.equal_parts(size, sections), axis)


@op(pivot="split(input, sections=split_sizes, axis=dim)", result="(Tensor,) * len(split_sizes)")
def split_with_sizes(input, split_sizes, dim=0) -> list[Tensor]:
    return rules.parts(input, split_sizes, normal_dim(dim, input.ndim))


@op(pivot="split(input, sections=chunks, axis=dim)", result="(Tensor,) * chunks")
def chunk(input, chunks, dim=0) -> list[Tensor]:
    axis = normal_dim(dim, input.ndim)
    check(chunks > 0, "chunk expects `chunks` to be greater than 0")
    size = input.shape[axis]
    if not known(size):
        return rules.parts(input, [size // chunks] * chunks, axis)
    if size == 0:
        return rules.parts(input, [0] * chunks, axis)
    return rules.parts(input, rules.equal_parts(size, (size + chunks - 1) // chunks), axis)


@op(pivot="split(input, sections=indices_or_sections, axis=dim)",
    result="(Tensor,) * (indices_or_sections if isinstance(indices_or_sections, int) else len(indices_or_sections) + 1)")


def tensor_split(input, indices_or_sections=None, dim=0, *, indices=None, sections=None) -> list[Tensor]:
    axis = normal_dim(dim, input.ndim)
    size = input.shape[axis]
    places = indices_or_sections
    if places is None:
        places = sections if indices is None else indices
    if _nw.is_tensor(places):
        places = places.tolist()
    if isinstance(places, builtins.int):
        return rules.parts(input, [size // places + (1 if i < size % places else 0) for i in builtins.range(places)], axis)
    sizes = []
    start = 0
    for stop in places:
        stop = builtins.min(stop, size) if stop >= 0 else stop + size
        sizes.append(builtins.max(stop - start, 0))
        start = stop
    return rules.parts(input, sizes + [builtins.max(size - start, 0)], axis)


@op(result="list[Tensor]")
def hsplit(input, indices_or_sections) -> Any:
    return tensor_split(input, indices_or_sections, 0 if input.ndim == 1 else 1)


@op(result="list[Tensor]")
def vsplit(input, indices_or_sections) -> Any:
    return tensor_split(input, indices_or_sections, 0)


@op(result="list[Tensor]")
def dsplit(input, indices_or_sections) -> Any:
    check(input.ndim >= 3, "torch.dsplit requires a tensor with at least 3 dimension")
    return tensor_split(input, indices_or_sections, 2)


unsafe_chunk = chunk
unsafe_split = split


@op(pivot="unstack(input, axis=dim)", result="list[Tensor]")
def unbind(input, dim=0) -> list[Tensor]:
    axis = normal_dim(dim, input.ndim)
    check(input.ndim > 0, "Dimension specified as 0 but tensor has no dimensions")
    shape = rules.without(input.shape, axis)
    data = rules.contents(input)
    if data is not None and len(data) > rules.COMPUTED:
        data = None
    return tuple([_nw.view(input, shape, data=None if data is None else rules.taken(data, input.shape, (slice(None),) * axis + (i,)))
                  for i in builtins.range(input.shape[axis])])


@op(pivot="flip(input, axes=dims)")
def flip(input, dims) -> Tensor:
    axes = rules.axes_of(dims, input.ndim)
    data = rules.contents(input)
    if data is not None:
        data = rules.taken(data, input.shape, tuple([slice(None, None, -1 if i in axes else 1) for i in builtins.range(input.ndim)])) if len(data) <= rules.COMPUTED else None
    return rules.new(input.shape, input.dtype, like=input, data=data)


@op(pivot="flip(input, axes=(1,))")
def fliplr(input) -> Tensor:
    check(input.ndim >= 2, "Input must be >= 2-d.")
    return rules.mapped(input, input.dtype)


@op(pivot="flip(input, axes=(0,))")
def flipud(input) -> Tensor:
    check(input.ndim >= 1, "Input must be >= 1-d.")
    return rules.mapped(input, input.dtype)


@op(pivot="roll(input, shifts=shifts, axes=dims)")
def roll(input, shifts, dims=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="rotate90(input, k, dims)")
def rot90(input, k=1, dims=(0, 1)) -> Tensor:
    return _swapped(input, normal_dim(dims[0], input.ndim), normal_dim(dims[1], input.ndim)) if k % 2 == 1 else rules.mapped(input, input.dtype)


@op(pivot="triangle_lower(input, diagonal)")
def tril(input, diagonal=0, *, out=None) -> Tensor:
    return _triangle(input, diagonal, True)


@op(pivot="triangle_upper(input, diagonal)")
def triu(input, diagonal=0, *, out=None) -> Tensor:
    return _triangle(input, diagonal, False)


def _triangle(input, diagonal, lower):
    check(input.ndim >= 2, "input tensor must have at least 2 dimensions")
    data = rules.contents(input) if input.ndim == 2 and known(diagonal) else None
    if data is not None and len(data) <= rules.COMPUTED:
        width = input.shape[1]
        data = [data[i] if (i % width - i // width <= diagonal if lower else i % width - i // width >= diagonal) else 0
                for i in builtins.range(len(data))]
    else:
        data = None
    return rules.new(input.shape, input.dtype, like=input, data=data)


@op(pivot="diagonal(input, diagonal, 0, 1) if input.ndim == 2 else diagonal_embed(input, diagonal)")
def diag(input, diagonal=0, *, out=None) -> Tensor:
    check(input.ndim == 1 or input.ndim == 2, "diag(): Supports 1D or 2D tensors.")
    if input.ndim == 2:
        return rules.new((_diagonal_size(input.shape[0], input.shape[1], diagonal),), input.dtype, like=input)
    size = input.shape[0] + builtins.abs(diagonal)
    return rules.new((size, size), input.dtype, like=input)


def _diagonal_size(rows, columns, offset):
    if offset >= 0:
        return builtins.max(builtins.min(rows, columns - offset), 0)
    return builtins.max(builtins.min(rows + offset, columns), 0)


@op(pivot="diagonal(input, offset, dim1, dim2)")
def diagonal(input, offset=0, dim1=0, dim2=1) -> Tensor:
    a = normal_dim(dim1, input.ndim)
    b = normal_dim(dim2, input.ndim)
    check(a != b, "diagonal dimensions cannot be identical")
    rest = [input.shape[i] for i in builtins.range(input.ndim) if i != a and i != b]
    return _nw.view(input, tuple(rest) + (_diagonal_size(input.shape[a], input.shape[b], offset),))


@op(pivot="diagonal_embed(input, offset, dim1, dim2)")
def diag_embed(input, offset=0, dim1=-2, dim2=-1) -> Tensor:
    size = input.shape[-1] + builtins.abs(offset)
    first = builtins.min(normal_dim(dim1, input.ndim + 1), normal_dim(dim2, input.ndim + 1))
    second = builtins.max(normal_dim(dim1, input.ndim + 1), normal_dim(dim2, input.ndim + 1))
    shape = rules.inserted(input.shape[:-1], first, size)
    return rules.new(rules.inserted(shape, second, size), input.dtype, like=input)


@op(pivot="diagonal_embed(reshape(input, (-1,)), offset)")
def diagflat(input, offset=0) -> Tensor:
    size = _nw.prod(input.shape) + builtins.abs(offset)
    return rules.new((size, size), input.dtype, like=input)


@op()
def vander(x, N=None, increasing=False) -> Tensor:
    return rules.new((x.shape[0], x.shape[0] if N is None else N), x.dtype, like=x)


@op(pivot="identity(input)")
def clone(input, *, memory_format=preserve_format) -> Tensor:
    return rules.new(input.shape, input.dtype, like=input, data=_nw.flat(input))


@op(pivot="stop_gradient(input)")
def detach(input) -> Tensor:
    return _nw.same(input)


@op(effects="in_place", pivot="stop_gradient(input)")
def detach_(input) -> Tensor:
    return input


@op()
def as_strided(input, size, stride, storage_offset=None) -> Tensor:
    return _nw.view(input, tuple(size))


@op(effects="in_place")
def as_strided_(input, size, stride, storage_offset=None) -> Tensor:
    return rules.resized(input, tuple(size))


# --- indexing, gathering, scattering

@op(pivot="take_along(input, index, axis=dim)")
def gather(input, dim, index, *, sparse_grad=False, out=None) -> Tensor:
    axis = normal_dim(dim, rules.rank_of(input.shape))
    check(index.ndim == input.ndim, "Index tensor must have the same number of dimensions as input tensor")
    for i in builtins.range(input.ndim):
        check(i == axis or index.shape[i] <= input.shape[i], "Size does not match at dimension expected index to be no larger than self apart from dimension")
    return rules.new(index.shape, input.dtype, like=input)


@op(pivot="take(input, index if index.ndim else reshape(index, (1,)), axis=dim)")
def index_select(input, dim, index, *, out=None) -> Tensor:
    check(index.ndim <= 1, "index_select(): Index is supposed to be a vector")
    axis = normal_dim(dim, rules.rank_of(input.shape))
    if input.ndim == 0:
        return rules.mapped(input, input.dtype)
    return rules.new(rules.replaced(input.shape, axis, index.shape[0] if index.ndim == 1 else 1), input.dtype, like=input)


@op(pivot="take(reshape(input, (-1,)), index, axis=0)")
def take(input, index) -> Tensor:
    return rules.new(index.shape, input.dtype, like=input)


@op(pivot="take_along(input, indices, axis=dim) if dim is not None else take_along(reshape(input, (-1,)), reshape(indices, (-1,)), axis=0)")
def take_along_dim(input, indices, dim=None, *, out=None) -> Tensor:
    if dim is None:
        return rules.new((_nw.prod(indices.shape),), input.dtype, like=input)
    axis = normal_dim(dim, input.ndim)
    shape = _nw.broadcast(rules.replaced(input.shape, axis, 1), rules.replaced(indices.shape, axis, 1))
    return rules.new(rules.replaced(shape, axis, indices.shape[axis]), input.dtype, like=input)


@op(pivot="slice(input, key=(slice(None),) * (dim if dim >= 0 else dim + input.ndim) + (index,))")
def select(input, dim, index) -> Tensor:
    axis = normal_dim(dim, input.ndim)
    rules.normal_index(index, input.shape[axis])
    return rules.indexed(input, (slice(None),) * axis + (index,))


@op(pivot="slice(input, key=(slice(None),) * (dim if dim >= 0 else dim + input.ndim) + (slice(start, start + length),))")
def narrow(input, dim, start, length) -> Tensor:
    axis = normal_dim(dim, input.ndim)
    start = rules.number_of(start)
    check(start + length <= input.shape[axis], "narrow(): start + length exceeds dimension size")
    return _nw.view(input, rules.replaced(input.shape, axis, length))


@op(pivot="masked_select(input, mask)")
def masked_select(input, mask, *, out=None) -> Tensor:
    return rules.new((_nw.unknown("how many elements a mask selects"),), input.dtype, like=input)


@op(pivot="nonzero(input) if not as_tuple else None", result="list[Tensor] if as_tuple else Tensor")
def nonzero(input, *, out=None, as_tuple=False) -> Any:
    data = rules.contents(input)
    count = rules.total([1 for x in data if x]) if data is not None else _nw.unknown("how many elements are not zero")
    if as_tuple:
        return tuple([rules.new((count,), int64, like=input) for i in builtins.range(rules.rank_of(input.shape))])
    return rules.new((count, input.ndim), int64, like=input)


@op(pivot="nonzero(input)")
def argwhere(input) -> Tensor:
    return nonzero(input)


def _scattered(input, *others):
    return rules.new(input.shape, input.dtype, like=input)


@op(pivot="masked_fill(input, mask, value)")
def masked_fill(input, mask, value) -> Tensor:
    check(mask.dtype == bool, "masked_fill only supports boolean masks")
    return rules.new(_nw.broadcast(input.shape, mask.shape), input.dtype, like=input)


@op()
def masked_scatter(input, mask, source) -> Tensor:
    return rules.new(_nw.broadcast(input.shape, mask.shape), input.dtype, like=input)


@op(pivot="scatter(input, index, src, axis=dim, reduce=reduce)")
def scatter(input, dim, index, src=None, *, value=None, reduce=None, out=None) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    check(index.ndim == input.ndim, "Index tensor must have the same number of dimensions as self tensor")
    return _scattered(input)


@op(pivot="scatter(input, index, src, axis=dim, reduce='add')")
def scatter_add(input, dim, index, src) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    check(index.ndim == input.ndim, "Index tensor must have the same number of dimensions as self tensor")
    return _scattered(input)


@op(pivot="scatter(input, index, src, axis=dim, reduce=reduce)")
def scatter_reduce(input, dim, index, src, reduce, *, include_self=True) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return _scattered(input)


@op(pivot="index_add(input, index, source, axis=dim, alpha=alpha)")
def index_add(input, dim, index, source, *, alpha=1, out=None) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return _scattered(input)


@op(pivot="index_copy(input, index, source, axis=dim)")
def index_copy(input, dim, index, source, *, out=None) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return _scattered(input)


@op(pivot="index_fill(input, index, value, axis=dim)")
def index_fill(input, dim, index, value) -> Tensor:
    normal_dim(dim, rules.rank_of(input.shape))
    return _scattered(input)


@op(pivot="scatter_nd(input, stack(indices, axis=-1), values, reduce='add' if accumulate else None)")
def index_put(input, indices, values, accumulate=False) -> Tensor:
    return _scattered(input)


@op(pivot="assign_slice(input, key=tuple(indices), value=values) if not accumulate else scatter_nd(input, stack(indices, axis=-1), values, reduce='add')", effects="in_place")
def index_put_(input, indices, values, accumulate=False) -> Tensor:
    return rules.in_place(input)


@op()
def index_reduce(input, dim, index, source, reduce, *, include_self=True, out=None) -> Tensor:
    return _scattered(input)


@op()
def put(input, index, source, accumulate=False) -> Tensor:
    return _scattered(input)


@op()
def slice_scatter(input, src, dim=0, start=None, end=None, step=1) -> Tensor:
    return _scattered(input)


@op()
def select_scatter(input, src, dim, index) -> Tensor:
    return _scattered(input)


@op()
def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1) -> Tensor:
    return _scattered(input)


@op()
def renorm(input, p, dim, maxnorm, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(effects="in_place", pivot="zeros(input.shape, dtype=input.dtype)")
def zero_(input) -> Tensor:
    return _filled_in_place(input, 0)


@op(effects="in_place", pivot="full(input.shape, value, dtype=input.dtype)")
def fill_(input, value) -> Tensor:
    return _filled_in_place(input, value)


@op(pivot="full(input.shape, value, dtype=input.dtype)")
def fill(input, value) -> Tensor:
    return rules.filled(input.shape, value, input.dtype, like=input)


def _filled_in_place(input, value):
    count = _nw.prod(input.shape)
    data = None
    if known(count) and count <= rules.HELD and known(value) and isinstance(value, (builtins.bool, builtins.int, builtins.float)):
        data = [value] * count
    return _nw.overwrite(input, data)


# --- contractions and linear algebra

@op(pivot="matmul(input, other)")
def matmul(input, other, *, out=None) -> Tensor:
    return rules.new(rules.matmul_shape(input.shape, other.shape), _nw.promote(input, other), like=input)


@op(pivot="matmul(input, mat2)")
def mm(input, mat2, *, out_dtype=None, out=None) -> Tensor:
    check(input.ndim == 2, "self must be a matrix")
    check(mat2.ndim == 2, "mat2 must be a matrix")
    return rules.new(rules.matmul_shape(input.shape, mat2.shape), _nw.promote(input, mat2), like=input)


spmm = mm


@op(pivot="matmul(input, mat2)")
def bmm(input, mat2, *, out_dtype=None, out=None) -> Tensor:
    check(input.ndim == 3, "batch1 must be a 3D tensor")
    check(mat2.ndim == 3, "batch2 must be a 3D tensor")
    check(input.shape[0] == mat2.shape[0], "batch1 and batch2 must have same number of batches")
    return rules.new(rules.matmul_shape(input.shape, mat2.shape), _nw.promote(input, mat2), like=input)


@op(pivot="matmul(input, vec)")
def mv(input, vec, *, out=None) -> Tensor:
    check(input.ndim == 2 and vec.ndim == 1, "vector + matrix @ vector expected")
    return rules.new(rules.matmul_shape(input.shape, vec.shape), _nw.promote(input, vec), like=input)


@op(pivot="add(multiply(input, beta), multiply(matmul(mat1, mat2), alpha))")
def addmm(input, mat1, mat2, *, beta=1, alpha=1, out_dtype=None, out=None) -> Tensor:
    check(mat1.ndim == 2 and mat2.ndim == 2, "mat1 and mat2 must be matrices")
    return _added(input, rules.matmul_shape(mat1.shape, mat2.shape), mat1)


@op(pivot="add(multiply(input, beta), multiply(matmul(batch1, batch2), alpha))")
def baddbmm(input, batch1, batch2, *, beta=1, alpha=1, out_dtype=None, out=None) -> Tensor:
    check(batch1.ndim == 3 and batch2.ndim == 3, "batch1 and batch2 must be 3D tensors")
    return _added(input, rules.matmul_shape(batch1.shape, batch2.shape), batch1)


def _added(input, shape, like):
    check(_nw.broadcast(input.shape, shape) == tuple(shape), "The expanded size of the tensor must match the existing size")
    return rules.new(shape, _nw.promote(input, like), like=like)


@op()
def addbmm(input, batch1, batch2, *, beta=1, alpha=1, out=None) -> Tensor:
    return rules.new((batch1.shape[1], batch2.shape[2]), batch1.dtype, like=batch1)


@op()
def addmv(input, mat, vec, *, beta=1, alpha=1, out=None) -> Tensor:
    return rules.new((mat.shape[0],), mat.dtype, like=mat)


@op()
def addr(input, vec1, vec2, *, beta=1, alpha=1, out=None) -> Tensor:
    return rules.new((vec1.shape[0], vec2.shape[0]), _nw.promote(input, vec1, vec2), like=input)


@op(pivot="einsum(equation, *operands)")
def einsum(equation, *operands) -> Tensor:
    if _nw.is_tensor(equation):
        equation, operands = rules.sublist_equation((equation,) + operands)
    elif len(operands) == 1 and isinstance(operands[0], (list, tuple)):
        operands = operands[0]
    shape = rules.einsum_shape(equation, [t.shape for t in operands])
    return rules.new(shape, _nw.promote(*operands), like=operands[0])


@op(pivot="dot(input, tensor)")
def dot(input, tensor, *, out=None) -> Tensor:
    check(input.ndim == 1 and tensor.ndim == 1, "1D tensors expected")
    check(input.shape[0] == tensor.shape[0], "inconsistent tensor size")
    return rules.new((), input.dtype, like=input)


@op(pivot="dot(input, other)")
def vdot(input, other, *, out=None) -> Tensor:
    return rules.new((), input.dtype, like=input)


@op(pivot="multiply(input, other) if input.ndim == 0 or other.ndim == 0 else tensordot(input, other, axes=((input.ndim - 1,), (other.ndim - 1,)))")
def inner(input, other, *, out=None) -> Tensor:
    if input.ndim == 0 or other.ndim == 0:
        return rules.binary(input, other)
    check(input.shape[-1] == other.shape[-1], "inner() the last dimension must match on both input tensors")
    return rules.new(input.shape[:-1] + other.shape[:-1], _nw.promote(input, other), like=input)


@op(pivot="outer(input, vec2)")
def outer(input, vec2, *, out=None) -> Tensor:
    check(input.ndim == 1 and vec2.ndim == 1, "outer: Expected 1-D arguments")
    return rules.new((input.shape[0], vec2.shape[0]), _nw.promote(input, vec2), like=input)


@op(pivot="outer(input, vec2)")
def ger(input, vec2, *, out=None) -> Tensor:
    check(input.ndim == 1 and vec2.ndim == 1, "outer: Expected 1-D arguments")
    return rules.new((input.shape[0], vec2.shape[0]), _nw.promote(input, vec2), like=input)


@op(pivot="tensordot(a, b, axes=dims)")
def tensordot(a, b, dims=2, out=None) -> Tensor:
    if isinstance(dims, builtins.int):
        left = [i + a.ndim - dims for i in builtins.range(dims)]
        right = [i for i in builtins.range(dims)]
    else:
        check(not isinstance(dims[0], builtins.int), "tensordot(): argument 'dims_self' (position 3) must be tuple of ints, not int", TypeError)
        left, right = dims[0], dims[1]
    left = [normal_dim(d, a.ndim) for d in left]
    right = [normal_dim(d, b.ndim) for d in right]
    for i in builtins.range(len(left)):
        check(a.shape[left[i]] == b.shape[right[i]], "contracted dimensions need to match")
    shape = [a.shape[i] for i in builtins.range(a.ndim) if i not in left] + [b.shape[i] for i in builtins.range(b.ndim) if i not in right]
    return rules.new(shape, _nw.promote(a, b), like=a)


@op()
def kron(input, other, *, out=None) -> Tensor:
    rank = builtins.max(input.ndim, other.ndim)
    left = (1,) * (rank - input.ndim) + tuple(input.shape)
    right = (1,) * (rank - other.ndim) + tuple(other.shape)
    return rules.new([left[i] * right[i] for i in builtins.range(rank)], _nw.promote(input, other), like=input)


@op(pivot="cross(input, other, axis=dim)")
def cross(input, other, dim=None, *, out=None) -> Tensor:
    return rules.binary(input, other)


@op()
def chain_matmul(*matrices, out=None) -> Tensor:
    return rules.new((matrices[0].shape[0], matrices[-1].shape[1]), matrices[0].dtype, like=matrices[0])


@op(pivot="distance(x1, x2, order=p)")
def cdist(x1, x2, p=2.0, compute_mode="use_mm_for_euclid_dist_if_necessary") -> Tensor:
    check(x1.shape[-1] == x2.shape[-1], "X1 and X2 must have the same number of columns")
    batch = _nw.broadcast(x1.shape[:-2], x2.shape[:-2])
    return rules.new(batch + (x1.shape[-2], x2.shape[-2]), x1.dtype, like=x1)


@op(pivot="reduce_sum(diagonal(input, 0, 0, 1), axes=-1)")
def trace(input) -> Tensor:
    check(input.ndim == 2, "trace: expected a matrix")
    return rules.new((), rules.summed(input.dtype), like=input)


@op()
def cov(input, *, correction=1, fweights=None, aweights=None) -> Tensor:
    size = input.shape[0] if input.ndim == 2 else None
    return rules.new(() if size is None else (size, size), rules.inexact(input.dtype), like=input)


@op()
def corrcoef(input) -> Tensor:
    size = input.shape[0] if input.ndim == 2 else None
    return rules.new(() if size is None else (size, size), rules.inexact(input.dtype), like=input)


@op(pivot="trapezoid(y, x, spacing=1 if dx is None else dx, axis=dim)")
def trapezoid(y, x=None, *, dx=None, dim=-1) -> Tensor:
    return rules.new(rules.without(y.shape, normal_dim(dim, y.ndim)), rules.inexact(y.dtype), like=y)


trapz = trapezoid


@op()
def cumulative_trapezoid(y, x=None, *, dx=None, dim=-1) -> Tensor:
    axis = normal_dim(dim, y.ndim)
    return rules.new(rules.replaced(y.shape, axis, y.shape[axis] - 1), rules.inexact(y.dtype), like=y)


@op(result="list[Tensor]")
def gradient(input, *, spacing=1, dim=None, edge_order=1) -> Any:
    return tuple([rules.mapped(input, rules.inexact(input.dtype)) for axis in rules.axes_of(dim, input.ndim)])


@op(pivot="inverse(input)")
def inverse(input, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op()
def pinverse(input, rcond=1e-15) -> Tensor:
    return rules.new(input.shape[:-2] + (input.shape[-1], input.shape[-2]), input.dtype, like=input)


@op(pivot="determinant(input)")
def det(input) -> Tensor:
    return rules.new(input.shape[:-2], input.dtype, like=input)


@op()
def logdet(input) -> Tensor:
    return rules.new(input.shape[:-2], input.dtype, like=input)


@op(result="_SignLog(Tensor, Tensor)")
def slogdet(input) -> Any:
    return _SignLog(rules.new(input.shape[:-2], input.dtype, like=input), rules.new(input.shape[:-2], rules.real_of(input.dtype), like=input))


@op(pivot="cholesky(input)")
def cholesky(input, upper=False, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op()
def cholesky_inverse(L, upper=False, *, out=None) -> Tensor:
    return rules.mapped(L, L.dtype)


@op()
def cholesky_solve(B, L, upper=False, *, out=None) -> Tensor:
    return rules.mapped(B, B.dtype)


@op(result="_QR(Tensor, Tensor)")
def qr(input, some=True, *, out=None) -> Any:
    rows, columns = input.shape[-2], input.shape[-1]
    inner_size = builtins.min(rows, columns) if some else rows
    return _QR(rules.new(input.shape[:-2] + (rows, inner_size), input.dtype, like=input), rules.new(input.shape[:-2] + (inner_size, columns), input.dtype, like=input))


@op(result="(Tensor, Tensor, Tensor) if get_infos else (Tensor, Tensor)")
def lu(A, pivot=True, get_infos=False, out=None) -> Any:
    pivots = rules.new(A.shape[:-2] + (builtins.min(A.shape[-2], A.shape[-1]),), int32, like=A)
    factors = rules.new(A.shape, A.dtype, like=A)
    return (factors, pivots, rules.new(A.shape[:-2], int32, like=A)) if get_infos else (factors, pivots)


@op(result="_UnpackedLU(Tensor, Tensor, Tensor)")
def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True, *, out=None) -> Any:
    batch, rows, columns = LU_data.shape[:-2], LU_data.shape[-2], LU_data.shape[-1]
    least = builtins.min(rows, columns)
    return _UnpackedLU(*[rules.new(batch + shape if wanted else (0,), LU_data.dtype, like=LU_data)
                         for shape, wanted in (((rows, rows), unpack_pivots), ((rows, least), unpack_data), ((least, columns), unpack_data))])


@op(result="_SVD(Tensor, Tensor, Tensor)")
def svd(input, some=True, compute_uv=True, *, out=None) -> Any:
    rows, columns = input.shape[-2], input.shape[-1]
    least = builtins.min(rows, columns)
    batch = input.shape[:-2]
    return _SVD(rules.new(batch + (rows, least if some else rows), input.dtype, like=input), rules.new(batch + (least,), rules.real_of(input.dtype), like=input),
                rules.new(batch + (columns, least if some else columns), input.dtype, like=input))


@op(result="(Tensor, Tensor, Tensor)")
def svd_lowrank(A, q=6, niter=2, M=None) -> Any:
    batch = A.shape[:-2]
    return rules.new(batch + (A.shape[-2], q), A.dtype), rules.new(batch + (q,), A.dtype), rules.new(batch + (A.shape[-1], q), A.dtype)


@op(result="(Tensor, Tensor, Tensor)")
def pca_lowrank(A, q=None, center=True, niter=2) -> Any:
    q = builtins.min(6, A.shape[-2], A.shape[-1]) if q is None else q
    batch = A.shape[:-2]
    return rules.new(batch + (A.shape[-2], q), A.dtype), rules.new(batch + (q,), A.dtype), rules.new(batch + (A.shape[-1], q), A.dtype)


@op()
def matrix_exp(input) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(pivot="matrix_power(input, n)")
def matrix_power(input, n, *, out=None) -> Tensor:
    return rules.mapped(input, input.dtype)


@op(result="(Tensor, Tensor)")
def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False, *, out=None) -> Any:
    return rules.mapped(b, b.dtype), rules.mapped(A, A.dtype)


@op(result="(Tensor, Tensor)")
def geqrf(input, *, out=None) -> Any:
    least = builtins.min(input.shape[-2], input.shape[-1])
    return rules.mapped(input, input.dtype), rules.new(input.shape[:-2] + (least,), input.dtype, like=input)


@op()
def orgqr(input, tau) -> Tensor:
    return rules.mapped(input, input.dtype)


# --- signals

@op()
def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode="reflect", normalized=False, onesided=None,
         return_complex=None, align_to_window=None) -> Tensor:
    hop = n_fft // 4 if hop_length is None else hop_length
    length = input.shape[-1] + (2 * (n_fft // 2) if center else 0)
    half = (onesided is None or onesided) and not (known(input.dtype) and input.dtype.is_complex)
    shape = input.shape[:-1] + (n_fft // 2 + 1 if half else n_fft, 1 + (length - n_fft) // hop)
    check(return_complex is not None, "stft requires the return_complex parameter be given for real inputs")
    return rules.new(shape, rules.complex_of(input.dtype), like=input) if return_complex else rules.new(shape + (2,), input.dtype, like=input)


@op()
def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None,
          return_complex=False) -> Tensor:
    hop = n_fft // 4 if hop_length is None else hop_length
    expected = n_fft + hop * (input.shape[-1] - 1)
    size = length if length is not None else (expected - 2 * (n_fft // 2) if center else expected)
    return rules.new(input.shape[:-2] + (size,), input.dtype if return_complex else rules.real_of(input.dtype), like=input)


# --- questions about tensors, modes, settings

def is_tensor(obj) -> bool:
    return _nw.is_tensor(obj)


def is_storage(obj) -> bool:
    return False


def is_floating_point(input) -> bool:
    return input.dtype.is_floating_point


def is_complex(input) -> bool:
    return input.dtype.is_complex


def is_signed(input) -> bool:
    return input.dtype.is_signed


def is_conj(input) -> bool:
    return False


def is_neg(input) -> bool:
    return False


def is_inference(input) -> bool:
    return False


def is_same_size(input, other) -> bool:
    return tuple(input.shape) == tuple(other.shape)


def is_nonzero(input) -> bool:
    return builtins.bool(input.item())


def numel(input) -> int:
    return _nw.prod(input.shape)


def result_type(tensor1, tensor2) -> Any:
    return _nw.promote(tensor1, tensor2)


def promote_types(type1, type2) -> Any:
    return _nw.promote(type1, type2)


def can_cast(from_, to) -> bool:
    return _nw.promote(from_, to) == to or from_.is_floating_point == to.is_floating_point


def typename(obj) -> Any:
    return _nw.unknown("the name of a type")


def get_default_dtype() -> Any:
    return float32


def set_default_dtype(d) -> None:
    return None


def set_default_tensor_type(t) -> None:
    return None


def get_default_device() -> Any:
    return device("cpu")


def set_default_device(device) -> None:
    return None


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None) -> None:
    return None


def set_float32_matmul_precision(precision) -> None:
    return None


def get_float32_matmul_precision() -> Any:
    return "highest"


def use_deterministic_algorithms(mode, *, warn_only=False) -> None:
    return None


def are_deterministic_algorithms_enabled() -> bool:
    return False


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    return False


def set_num_threads(int) -> None:
    return None


def get_num_threads() -> int:
    return _nw.unknown("the number of threads")


def set_num_interop_threads(int) -> None:
    return None


def get_num_interop_threads() -> int:
    return _nw.unknown("the number of threads")


def set_flush_denormal(mode) -> bool:
    return True


def set_anomaly_enabled(mode, check_nan=True) -> None:
    return None


def set_warn_always(b) -> None:
    return None


def is_warn_always_enabled() -> bool:
    return False


def compiled_with_cxx11_abi() -> bool:
    return True


def is_grad_enabled() -> bool:
    return _nw.unknown("whether gradients are recorded")


def is_inference_mode_enabled() -> bool:
    return False


def is_autocast_enabled(device_type=None) -> bool:
    return False


def is_autocast_cpu_enabled() -> bool:
    return False


def is_autocast_cache_enabled() -> bool:
    return True


def get_autocast_gpu_dtype() -> Any:
    return float16


def get_autocast_cpu_dtype() -> Any:
    return bfloat16


def get_autocast_dtype(device_type) -> Any:
    return bfloat16 if device_type == "cpu" else float16


def set_autocast_enabled(*args) -> None:
    return None


def set_autocast_dtype(device_type, dtype) -> None:
    return None


def clear_autocast_cache() -> None:
    return None


def is_anomaly_enabled() -> bool:
    return False


def is_vulkan_available() -> bool:
    return False


class _Mode:
    """A context manager that is also a decorator; it changes no values."""

    def __enter__(self):
        return None

    def __exit__(self, kind, value, trace):
        return None

    def __call__(self, function):
        return function


def no_grad(orig_func=None):
    return _Mode() if orig_func is None else orig_func


def enable_grad(orig_func=None):
    return _Mode() if orig_func is None else orig_func


def inference_mode(mode=True):
    return _Mode() if isinstance(mode, builtins.bool) or not known(mode) else mode


class set_grad_enabled(_Mode):
    def __init__(self, mode):
        self.mode = mode


class autocast(_Mode):
    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        self.device = device_type
        self.fast_dtype = dtype
        self.enabled = enabled


def compile(model=None, *, fullgraph=False, dynamic=None, backend="inductor", mode=None, options=None, disable=False):
    return _returned if model is None else model


def _returned(function):
    return function


def vmap(func, in_dims=0, out_dims=0, randomness="error", *, chunk_size=None):
    from torch import func as _func
    return _func.vmap(func, in_dims, out_dims, randomness, chunk_size=chunk_size)


def cond(pred, true_fn, false_fn, operands=()):
    return true_fn(*operands) if pred else false_fn(*operands)


def save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True) -> None:
    return None


@op(effects="host")
def load(f, map_location=None, pickle_module=None, *, weights_only=True, mmap=None, **pickle_load_args) -> Any:
    return _nw.unknown("what a file holds")


def _assert(condition, message=""):
    check(condition, message)


def _check(cond, message=None):
    check(cond, "Expected cond to be True")


def _check_is_size(i, message=None, *, max=None):
    check(i >= 0, "Expected a size")


def _check_value(cond, message=None):
    check(cond, "Expected cond to be True")


def _shape_as_tensor(input) -> Tensor:
    return rules.from_data(list(input.shape), int64)


def sym_int(a):
    return builtins.int(a)


def sym_float(self):
    return builtins.float(self)


def sym_max(a, b):
    return builtins.max(a, b)


def sym_min(a, b):
    return builtins.min(a, b)


def sym_not(self):
    return not self


# --- the class

class Tensor(_nw.TensorBase):
    """Rows of methods; a method that is also a function is the function's row."""

    def __new__(cls, *args, device=None):
        if len(args) == 1 and _nw.is_tensor(args[0]):
            check(args[0].dtype == float32, "expected Float tensor", TypeError)
            return args[0]
        return _typed(args, float32)

    # sizes and storage

    def size(self, dim=None) -> Any:
        if dim is None:
            return self.shape
        return self.shape[normal_dim(dim, self.ndim)]

    def dim(self) -> int:
        return self.ndim

    def ndimension(self) -> int:
        return self.ndim

    def nelement(self) -> int:
        return _nw.prod(self.shape)

    def element_size(self) -> int:
        return self.dtype.itemsize

    @property
    def nbytes(self) -> int:
        return _nw.prod(self.shape) * self.dtype.itemsize

    def stride(self, dim=None) -> Any:
        strides = []
        step = 1
        for size in self.shape[::-1]:
            strides.append(step)
            step = step * size
        strides = strides[::-1]
        return tuple(strides) if dim is None else strides[normal_dim(dim, self.ndim)]

    def storage_offset(self) -> int:
        return _nw.unknown("the place of a view in its storage")

    def is_contiguous(self, memory_format=contiguous_format) -> bool:
        return _nw.unknown("whether a tensor is contiguous")

    def data_ptr(self) -> int:
        return _nw.unknown("an address")

    def untyped_storage(self) -> Any:
        return _nw.unknown("the storage of a tensor")

    def storage(self) -> Any:
        return _nw.unknown("the storage of a tensor")

    def storage_type(self) -> Any:
        return _nw.unknown("the storage of a tensor")

    def get_device(self) -> int:
        return -1

    def is_pinned(self, device=None) -> bool:
        return False

    def is_shared(self) -> bool:
        return False

    def is_set_to(self, tensor) -> bool:
        return self is tensor

    def is_coalesced(self) -> bool:
        return True

    # contents on the host

    def item(self) -> Any:
        data = rules.contents(self)
        check(_nw.prod(self.shape) == 1, "a Tensor with more than one element cannot be converted to Scalar")
        return data[0] if data is not None else _nw.unknown("the contents of a tensor")

    def tolist(self) -> Any:
        found = _nw.constant(self)
        return found if found is not None else rules.unknown_list(self.shape)

    @op(effects="host", result="Any")
    def numpy(self, *, force=False) -> Any:
        import numpy
        return numpy._from_tensor(self)

    def __array__(self, dtype=None):
        import numpy
        return numpy._from_tensor(self)

    def __len__(self):
        check(self.ndim > 0, "len() of a 0-d tensor", TypeError)
        return self.shape[0]

    def __iter__(self):
        return iter(unbind(self, 0))

    def __bool__(self):
        return builtins.bool(self.item())

    def __int__(self):
        return builtins.int(self.item())

    def __float__(self):
        return builtins.float(self.item())

    def __index__(self):
        return builtins.int(self.item())

    def __contains__(self, element):
        return _nw.unknown("whether a tensor holds a value")

    # indexing

    @op(pivot="slice(self, key=key) if is_basic(key) else gather_index(self, key=key)")
    def __getitem__(self, key) -> Tensor:
        return rules.indexed(self, key)

    @op(effects="in_place", pivot="assign_slice(self, key, value)")
    def __setitem__(self, key, value) -> None:
        target = rules.indexed_shape(self.shape, key)
        check(_nw.broadcast(target, rules.shape_of(value)) == tuple(target) or len(rules.shape_of(value)) > len(target), "shape mismatch")
        _nw.overwrite(self)

    # conversion

    @op(pivot="cast(self, dtype) if dtype is not None else cast(self)")
    def to(self, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=preserve_format, other=None) -> Tensor:
        for argument in args + ((other,) if other is not None else ()):
            if isinstance(argument, _nw.DType):
                dtype = argument
            elif _nw.is_tensor(argument):
                dtype = argument.dtype
            elif not known(argument):
                dtype = _nw.unknown("the dtype depends on an argument that is not known")
        return self if dtype is None else rules.cast(self, dtype)

    @op(pivot="cast(self) if dtype is not None else None")
    def type(self, dtype=None, non_blocking=False, **kwargs) -> Any:
        if dtype is None:
            return _type_string(self)
        if not isinstance(dtype, _nw.DType):
            dtype = _TYPES[dtype] if not isinstance(dtype, str) else _TYPE_NAMES[dtype.split(".")[-1]]
        return rules.cast(self, dtype)

    @op(pivot="cast(self, other.dtype)")
    def type_as(self, other) -> Tensor:
        return rules.cast(self, other.dtype)

    @op(pivot="cast(self, 'float32')")
    def float(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, float32)

    @op(pivot="cast(self, 'float64')")
    def double(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, float64)

    @op(pivot="cast(self, 'float16')")
    def half(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, float16)

    @op(pivot="cast(self, 'bfloat16')")
    def bfloat16(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, rules.BFLOAT16)

    @op(pivot="cast(self, 'bool')")
    def bool(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, rules.BOOL)

    @op(pivot="cast(self, 'uint8')")
    def byte(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, uint8)

    @op(pivot="cast(self, 'int8')")
    def char(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, int8)

    @op(pivot="cast(self, 'int16')")
    def short(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, int16)

    @op(pivot="cast(self, 'int32')")
    def int(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, int32)

    @op(pivot="cast(self, 'int64')")
    def long(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, int64)

    @op(pivot="cast(self, 'complex64')")
    def cfloat(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, complex64)

    @op(pivot="cast(self, 'complex128')")
    def cdouble(self, memory_format=preserve_format) -> Tensor:
        return rules.cast(self, complex128)

    @op(pivot="identity(self)")
    def cpu(self, memory_format=preserve_format) -> Tensor:
        return self

    @op(pivot="identity(self)")
    def cuda(self, device=None, non_blocking=False, memory_format=preserve_format) -> Tensor:
        return self

    @op(pivot="identity(self)")
    def xpu(self, device=None, non_blocking=False, memory_format=preserve_format) -> Tensor:
        return self

    @op(pivot="identity(self)")
    def contiguous(self, memory_format=contiguous_format) -> Tensor:
        return _nw.same(self)

    @op(pivot="identity(self)")
    def to_sparse(self, sparse_dim=None, *, layout=None, blocksize=None, dense_dim=None) -> Tensor:
        """The same numbers, held in another way."""
        return _nw.same(self)

    @op(pivot="identity(self)")
    def pin_memory(self, device=None) -> Tensor:
        return _nw.same(self)

    @op(pivot="identity(self)")
    def to_dense(self, dtype=None, *, masked_grad=None) -> Tensor:
        return _nw.same(self)

    def share_memory_(self) -> Tensor:
        return self

    def as_subclass(self, cls) -> Any:
        return self

    # autograd

    def requires_grad_(self, requires_grad=True) -> Tensor:
        self.requires_grad = requires_grad
        return self

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None) -> None:
        return None

    def retain_grad(self) -> None:
        return None

    def register_hook(self, hook) -> Any:
        return _Handle()

    def register_post_accumulate_grad_hook(self, hook) -> Any:
        return _Handle()

    def record_stream(self, stream) -> None:
        return None

    # views

    @op(pivot="reshape(self, size) if size is not None else reshape(self, shape) if not isinstance(shape[0], dtype) else None")
    def view(self, *shape, size=None, dtype=None) -> Tensor:
        dtype = shape[0] if len(shape) == 1 and isinstance(shape[0], _nw.DType) else dtype
        if dtype is not None:
            return self._reinterpreted(dtype)
        sizes = tuple(size) if size is not None else rules.sizes_of(shape)
        return _nw.view(self, _nw.reshaped(self.shape, sizes), data=_nw.flat(self))

    def _reinterpreted(self, dtype):
        if dtype.itemsize == self.dtype.itemsize:
            return _nw.tensor(self.shape, dtype, like=self)
        return _nw.tensor(self.shape[:-1] + (self.shape[-1] * self.dtype.itemsize // dtype.itemsize,), dtype, like=self)

    @op(pivot="reshape(self, other.shape)")
    def view_as(self, other) -> Tensor:
        return _nw.view(self, _nw.reshaped(self.shape, other.shape), data=_nw.flat(self))

    @op(pivot="reshape(self, shape if shape is not None else sizes)")
    def reshape(self, *sizes, shape=None) -> Tensor:
        sizes = rules.sizes_of(sizes) if shape is None else tuple(shape)
        return _nw.view(self, _nw.reshaped(self.shape, sizes), data=_nw.flat(self))

    @op(pivot="reshape(self, other.shape)")
    def reshape_as(self, other) -> Tensor:
        return _nw.view(self, _nw.reshaped(self.shape, other.shape), data=_nw.flat(self))

    @op(pivot="broadcast_to(self, shape=size if size is not None else sizes)")
    def expand(self, *sizes, size=None, implicit=False) -> Tensor:
        return _expanded(self, tuple(size) if size is not None else rules.sizes_of(sizes))

    @op(pivot="broadcast_to(self, shape=other.shape)")
    def expand_as(self, other) -> Tensor:
        return _expanded(self, other.shape)

    @op(pivot="tile(self, repeats=repeats if repeats is not None else sizes)")
    def repeat(self, *sizes, repeats=None) -> Tensor:
        return _tiled(self, rules.sizes_of(sizes) if repeats is None else tuple(repeats))

    @op(pivot="tile(self, repeats=dims if dims is not None else sizes)")
    def tile(self, *sizes, dims=None) -> Tensor:
        dims = rules.sizes_of(sizes) if dims is None else tuple(dims)
        return _tiled(self, (1,) * (self.ndim - len(dims)) + dims)

    @op(pivot="transpose(self, permutation=dims if dims is not None else axes)")
    def permute(self, *axes, dims=None) -> Tensor:
        return rules.transposed(self, rules.order_of(rules.sizes_of(axes) if dims is None else dims, self.ndim))

    @op(pivot="flip(self, axes=dims if dims is not None else axes)")
    def flip(self, *axes, dims=None) -> Tensor:
        return flip(self, rules.sizes_of(axes) if dims is None else dims)

    @op(pivot="split(self, sections=split_size, axis=dim)", result="(Tensor,) * len(split_size) if isinstance(split_size, (list, tuple)) else list[Tensor]")
    def split(self, split_size, dim=0) -> list[Tensor]:
        return split(self, split_size, dim)

    @op(pivot="sliding_window(self, axis=dimension, size=size, step=step)")
    def unfold(self, dimension, size, step) -> Tensor:
        axis = normal_dim(dimension, self.ndim)
        shape = rules.replaced(self.shape, axis, rules.slid(self.shape[axis], size, step)) + (size,)
        return _nw.view(self, shape, data=rules.windows(self, axis, shape, step))

    @op()
    def sum_to_size(self, *size) -> Tensor:
        return rules.new(rules.sizes_of(size), self.dtype, like=self)

    def narrow_copy(self, dimension, start, length) -> Tensor:
        return narrow(self, dimension, start, length)

    # creation

    @op(pivot="constant(data, dtype=dtype if dtype is not None else self.dtype)")
    def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False, layout=strided, pin_memory=False) -> Tensor:
        return rules.from_data(data, rules.or_else(dtype, self.dtype))

    @op(pivot="zeros(size if size is not None else args, dtype=dtype if dtype is not None else self.dtype)")
    def new_zeros(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=strided, pin_memory=False) -> Tensor:
        return rules.filled(_requested(args, size), 0, rules.or_else(dtype, self.dtype), like=self)

    @op(pivot="ones(size if size is not None else args, dtype=dtype if dtype is not None else self.dtype)")
    def new_ones(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=strided, pin_memory=False) -> Tensor:
        return rules.filled(_requested(args, size), 1, rules.or_else(dtype, self.dtype), like=self)

    @op(pivot="zeros(size if size is not None else args, dtype=dtype if dtype is not None else self.dtype)")
    def new_empty(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=strided, pin_memory=False) -> Tensor:
        return rules.new(_requested(args, size), rules.or_else(dtype, self.dtype), like=self)

    @op(pivot="full(size, fill_value, dtype=dtype if dtype is not None else self.dtype)")
    def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False, layout=strided, pin_memory=False) -> Tensor:
        return rules.filled(size, fill_value, rules.or_else(dtype, self.dtype), like=self)

    @op(pivot="zeros(args, dtype=self.dtype)")
    def new(self, *args) -> Tensor:
        return _typed(args, self.dtype)

    # in-place forms that are not functions

    @op(effects="in_place", pivot="identity(src)")
    def copy_(self, src, non_blocking=False) -> Tensor:
        check(_nw.broadcast(self.shape, src.shape) == tuple(self.shape), "The size of tensor a must match the size of tensor b")
        data = _nw.flat(src)
        if data is not None:
            data = rules.spread(data, src.shape, self.shape) if rules.few(self.shape) else None
        return _nw.overwrite(self, data)

    @op(effects="in_place")
    def set_(self, source=None, storage_offset=0, size=None, stride=None) -> Tensor:
        if source is not None:
            return rules.resized(self, source.shape)

    @op(effects="in_place")
    def resize_(self, *sizes, memory_format=contiguous_format) -> Tensor:
        return rules.resized(self, rules.sizes_of(sizes))

    @op(effects="in_place")
    def resize_as_(self, tensor, memory_format=contiguous_format) -> Tensor:
        return rules.resized(self, tensor.shape)

    @op(effects="in_place", pivot="random_normal(self.shape, mean, std, dtype=self.dtype)")
    def normal_(self, mean=0, std=1, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place", pivot="random_uniform(self.shape, from_, to, dtype=self.dtype)")
    def uniform_(self, from_=0, to=1, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place")
    def random_(self, from_=0, to=None, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place", pivot="random_bernoulli(p)")
    def bernoulli_(self, p=0.5, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place")
    def exponential_(self, lambd=1, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place")
    def geometric_(self, p, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place")
    def cauchy_(self, median=0, sigma=1, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place")
    def log_normal_(self, mean=1, std=2, *, generator=None) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place", pivot="masked_fill(self, mask, value)")
    def masked_fill_(self, mask, value) -> Tensor:
        check(mask.dtype == rules.BOOL, "masked_fill_ only supports boolean masks")
        return rules.in_place(self, mask)

    @op(effects="in_place")
    def masked_scatter_(self, mask, source) -> Tensor:
        return rules.in_place(self, mask)

    @op(effects="in_place", pivot="scatter(self, index, src, axis=dim, reduce=reduce)")
    def scatter_(self, dim, index, src=None, *, value=None, reduce=None) -> Tensor:
        check(index.ndim == self.ndim, "Index tensor must have the same number of dimensions as self tensor")
        return rules.in_place(self)

    @op(effects="in_place", pivot="scatter(self, index, src, axis=dim, reduce='add')")
    def scatter_add_(self, dim, index, src) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="scatter(self, index, src, axis=dim, reduce=reduce)")
    def scatter_reduce_(self, dim, index, src, reduce, *, include_self=True) -> Tensor:
        return rules.in_place(self)

    @op(pivot="index_add(self, index, source, axis=dim, alpha=alpha)", effects="in_place")
    def index_add_(self, dim, index, source, *, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(pivot="index_copy(self, index, source, axis=dim)", effects="in_place")
    def index_copy_(self, dim, index, source) -> Tensor:
        return rules.in_place(self)

    @op(pivot="index_fill(self, index, value, axis=dim)", effects="in_place")
    def index_fill_(self, dim, index, value) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def index_reduce_(self, dim, index, source, reduce, *, include_self=True) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def put_(self, index, source, accumulate=False) -> Tensor:
        return rules.in_place(self)

    @op(pivot="where(eye(self.shape[0], self.shape[1], dtype='bool'), fill_value, self) if not wrap and self.ndim == 2 else None", effects="in_place")
    def fill_diagonal_(self, fill_value, wrap=False) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def renorm_(self, p, dim, maxnorm) -> Tensor:
        return rules.in_place(self)

    @op(pivot="add(multiply(self, beta), multiply(matmul(mat1, mat2), alpha))", effects="in_place")
    def addmm_(self, mat1, mat2, *, beta=1, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(pivot="add(multiply(self, beta), multiply(matmul(batch1, batch2), alpha))", effects="in_place")
    def baddbmm_(self, batch1, batch2, *, beta=1, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def addbmm_(self, batch1, batch2, *, beta=1, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def addmv_(self, mat, vec, *, beta=1, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place")
    def addr_(self, vec1, vec2, *, beta=1, alpha=1) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="cumulative_sum(self, axis=dim)")
    def cumsum_(self, dim, *, dtype=None) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="cumulative_product(self, axis=dim)")
    def cumprod_(self, dim, *, dtype=None) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="triangle_lower(self, diagonal)")
    def tril_(self, diagonal=0) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="triangle_upper(self, diagonal)")
    def triu_(self, diagonal=0) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="expand_dims(self, axis=dim)")
    def unsqueeze_(self, dim) -> Tensor:
        return rules.resized(self, rules.inserted(self.shape, normal_dim(dim, self.ndim + 1), 1))

    @op(effects="in_place", pivot="squeeze(self, axes=dim)")
    def squeeze_(self, dim=None) -> Tensor:
        return rules.resized(self, squeeze(self, dim).shape)

    @op(effects="in_place", pivot="swap_axes(self, dim0, dim1)")
    def transpose_(self, dim0, dim1) -> Tensor:
        return rules.resized(self, transpose(self, dim0, dim1).shape)

    @op(effects="in_place", pivot="swap_axes(self, axis0, axis1)")
    def swapaxes_(self, axis0, axis1) -> Tensor:
        return rules.resized(self, transpose(self, axis0, axis1).shape)

    @op(effects="in_place", pivot="swap_axes(self, dim0, dim1)")
    def swapdims_(self, dim0, dim1) -> Tensor:
        return rules.resized(self, transpose(self, dim0, dim1).shape)

    @op(effects="in_place")
    def t_(self) -> Tensor:
        return rules.resized(self, t(self).shape)

    @op(effects="in_place")
    def igamma_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def igammac_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def polygamma_(self, n) -> Tensor:
        return rules.in_place(self)

    @op()
    def polygamma(self, n) -> Tensor:
        return rules.floating(self)

    @op(pivot="where(condition, self, other)")
    def where(self, condition, other) -> Tensor:
        return where(condition, self, other)

    def apply_(self, callable) -> Tensor:
        return _nw.overwrite(self)

    def map_(self, tensor, callable) -> Tensor:
        return _nw.overwrite(self)

    @op(pivot="prelu(self, weight)")
    def prelu(self, weight) -> Tensor:
        return rules.mapped(self, self.dtype)

    @op(pivot="hard_shrink(self, lambd)")
    def hardshrink(self, lambd=0.5) -> Tensor:
        return rules.mapped(self, self.dtype)

    # in-place forms of elementwise functions

    @op(effects="in_place", pivot="erfinv(self)")
    def erfinv_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="lgamma(self)")
    def lgamma_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="digamma(self)")
    def digamma_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="sign(self)")
    def sign_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="sign(self)")
    def sgn_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="logical_not(self) if self.dtype == 'bool' else bitwise_not(self)")
    def bitwise_not_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="logical_not(self)")
    def logical_not_(self) -> Tensor:
        return rules.in_place(self)

    @op(effects="in_place", pivot="add(self, other) if alpha == 1 else add(self, multiply(other, alpha))")
    def add_(self, other, *, alpha=1) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="subtract(self, other) if alpha == 1 else subtract(self, multiply(other, alpha))")
    def sub_(self, other, *, alpha=1) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="multiply(self, other)")
    def mul_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="divide(self, other) if rounding_mode is None else floor_divide(self, other) if rounding_mode == 'floor' else truncated_divide(self, other)")
    def div_(self, other, *, rounding_mode=None) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="divide(self, other)")
    def true_divide_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="floor_divide(self, other)")
    def floor_divide_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="remainder(self, other)")
    def remainder_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="truncated_remainder(self, other)")
    def fmod_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="power(self, exponent)")
    def pow_(self, exponent) -> Tensor:
        return rules.in_place(self, exponent)

    @op(effects="in_place", pivot="power(self, exponent)")
    def float_power_(self, exponent) -> Tensor:
        return rules.in_place(self, exponent)

    @op(effects="in_place", pivot="atan2(self, other)")
    def atan2_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def hypot_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def copysign_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def nextafter_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="bitwise_and(self, other)")
    def bitwise_and_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="bitwise_or(self, other)")
    def bitwise_or_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="bitwise_xor(self, other)")
    def bitwise_xor_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="shift_left(self, other)")
    def bitwise_left_shift_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="shift_right(self, other)")
    def bitwise_right_shift_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="logical_and(self, other)")
    def logical_and_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="logical_or(self, other)")
    def logical_or_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="logical_xor(self, other)")
    def logical_xor_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="equal(self, other)")
    def eq_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="not_equal(self, other)")
    def ne_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="less(self, other)")
    def lt_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="less_equal(self, other)")
    def le_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="greater(self, other)")
    def gt_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place", pivot="greater_equal(self, other)")
    def ge_(self, other) -> Tensor:
        return rules.in_place(self, other)

    @op(effects="in_place")
    def heaviside_(self, values) -> Tensor:
        return rules.in_place(self, values)

    @op(effects="in_place", pivot="lerp(self, end, weight)")
    def lerp_(self, end, weight) -> Tensor:
        return rules.in_place(self, end, weight)

    @op(effects="in_place", pivot="fused_multiply_add(self, tensor1, tensor2, value)")
    def addcmul_(self, tensor1, tensor2, *, value=1) -> Tensor:
        return rules.in_place(self, tensor1, tensor2)

    @op(effects="in_place", pivot="add(self, multiply(divide(tensor1, tensor2), value))")
    def addcdiv_(self, tensor1, tensor2, *, value=1) -> Tensor:
        return rules.in_place(self, tensor1, tensor2)

    absolute_ = abs_
    subtract_ = sub_
    multiply_ = mul_
    divide_ = div_
    arctan2_ = atan2_
    not_equal_ = ne_
    less_ = lt_
    less_equal_ = le_
    greater_ = gt_
    greater_equal_ = ge_

    # methods that are functions

    abs = abs
    abs_ = abs_
    absolute = abs
    acos = acos
    acos_ = acos_
    acosh = acosh
    acosh_ = acosh_
    add = add
    addbmm = addbmm
    addcdiv = addcdiv
    addcmul = addcmul
    addmm = addmm
    addmv = addmv
    addr = addr
    adjoint = adjoint
    all = all
    allclose = allclose
    amax = amax
    amin = amin
    aminmax = aminmax
    angle = angle
    any = any
    arccos = acos
    arccos_ = acos_
    arccosh = acosh
    arccosh_ = acosh_
    arcsin = asin
    arcsin_ = asin_
    arcsinh = asinh
    arcsinh_ = asinh_
    arctan = atan
    arctan2 = atan2
    arctan_ = atan_
    arctanh = atanh
    arctanh_ = atanh_
    argmax = argmax
    argmin = argmin
    argsort = argsort
    argwhere = argwhere
    as_strided = as_strided
    as_strided_ = as_strided_
    asin = asin
    asin_ = asin_
    asinh = asinh
    asinh_ = asinh_
    atan = atan
    atan2 = atan2
    atan_ = atan_
    atanh = atanh
    atanh_ = atanh_
    baddbmm = baddbmm
    bernoulli = bernoulli
    bincount = bincount
    bitwise_and = bitwise_and
    bitwise_left_shift = bitwise_left_shift
    bitwise_not = bitwise_not
    bitwise_or = bitwise_or
    bitwise_right_shift = bitwise_right_shift
    bitwise_xor = bitwise_xor
    bmm = bmm
    broadcast_to = broadcast_to
    ceil = ceil
    ceil_ = ceil_
    cholesky = cholesky
    cholesky_inverse = cholesky_inverse
    cholesky_solve = cholesky_solve
    chunk = chunk
    clamp = clamp
    clamp_ = clamp_
    clamp_max = clamp_max
    clamp_max_ = clamp_max_
    clamp_min = clamp_min
    clamp_min_ = clamp_min_
    clip = clamp
    clip_ = clamp_
    clone = clone
    conj = conj
    conj_physical = conj_physical
    copysign = copysign
    corrcoef = corrcoef
    cos = cos
    cos_ = cos_
    cosh = cosh
    cosh_ = cosh_
    count_nonzero = count_nonzero
    cov = cov
    cross = cross
    cummax = cummax
    cummin = cummin
    cumprod = cumprod
    cumsum = cumsum
    deg2rad = deg2rad
    deg2rad_ = deg2rad_
    det = det
    detach = detach
    detach_ = detach_
    diag = diag
    diag_embed = diag_embed
    diagflat = diagflat
    diagonal = diagonal
    diagonal_scatter = diagonal_scatter
    diff = diff
    digamma = digamma
    dist = dist
    div = div
    divide = div
    dot = dot
    dsplit = dsplit
    eq = eq
    equal = equal
    erf = erf
    erf_ = erf_
    erfc = erfc
    erfc_ = erfc_
    erfinv = erfinv
    exp = exp
    exp2 = exp2
    exp2_ = exp2_
    exp_ = exp_
    expm1 = expm1
    expm1_ = expm1_
    fill_ = fill_
    fix = trunc
    fix_ = trunc_
    flatten = flatten
    fliplr = fliplr
    flipud = flipud
    float_power = float_power
    floor = floor
    floor_ = floor_
    floor_divide = floor_divide
    fmax = fmax
    fmin = fmin
    fmod = fmod
    frac = frac
    frac_ = frac_
    frexp = frexp
    gather = gather
    gcd = gcd
    gcd_ = gcd_
    ge = ge
    geqrf = geqrf
    ger = ger
    greater = gt
    greater_equal = ge
    gt = gt
    heaviside = heaviside
    igamma = igamma
    igammac = igammac
    histc = histc
    histogram = histogram
    hsplit = hsplit
    hypot = hypot
    i0 = i0
    i0_ = i0_
    index_add = index_add
    index_copy = index_copy
    index_fill = index_fill
    index_put = index_put
    index_put_ = index_put_
    index_reduce = index_reduce
    index_select = index_select
    inner = inner
    inverse = inverse
    is_complex = is_complex
    is_conj = is_conj
    is_floating_point = is_floating_point
    is_inference = is_inference
    is_neg = is_neg
    is_nonzero = is_nonzero
    is_same_size = is_same_size
    is_signed = is_signed
    isclose = isclose
    isfinite = isfinite
    isinf = isinf
    isnan = isnan
    isneginf = isneginf
    isposinf = isposinf
    isreal = isreal
    istft = istft
    kron = kron
    kthvalue = kthvalue
    lcm = lcm
    lcm_ = lcm_
    ldexp = ldexp
    ldexp_ = ldexp_
    le = le
    lerp = lerp
    less = lt
    less_equal = le
    lgamma = lgamma
    log = log
    log10 = log10
    log10_ = log10_
    log1p = log1p
    log1p_ = log1p_
    log2 = log2
    log2_ = log2_
    log_ = log_
    log_softmax = log_softmax
    logaddexp = logaddexp
    logaddexp2 = logaddexp2
    logcumsumexp = logcumsumexp
    logdet = logdet
    logical_and = logical_and
    logical_not = logical_not
    logical_or = logical_or
    logical_xor = logical_xor
    logit = logit
    logit_ = logit_
    logsumexp = logsumexp
    lt = lt
    masked_fill = masked_fill
    masked_scatter = masked_scatter
    masked_select = masked_select
    matmul = matmul

    @op(result="(Tensor, Tensor, Tensor) if get_infos else (Tensor, Tensor)")
    def lu(self, pivot=True, get_infos=False) -> Any:
        return lu(self, pivot, get_infos)

    matrix_exp = matrix_exp
    matrix_power = matrix_power
    max = max
    maximum = maximum
    mean = mean
    median = median
    min = min
    minimum = minimum
    mm = mm
    mode = mode
    moveaxis = moveaxis
    movedim = movedim
    msort = msort
    mul = mul
    multinomial = multinomial
    multiply = mul
    mv = mv
    mvlgamma = mvlgamma
    nan_to_num = nan_to_num
    nan_to_num_ = nan_to_num_
    nanmean = nanmean
    nanmedian = nanmedian
    nanquantile = nanquantile
    nansum = nansum
    narrow = narrow
    ne = ne
    neg = neg
    neg_ = neg_
    negative = neg
    negative_ = neg_
    nextafter = nextafter
    nonzero = nonzero
    norm = norm
    not_equal = ne
    numel = numel
    orgqr = orgqr
    outer = outer
    pinverse = pinverse
    positive = positive
    pow = pow
    prod = prod
    put = put
    qr = qr
    quantile = quantile
    rad2deg = rad2deg
    rad2deg_ = rad2deg_
    ravel = ravel
    reciprocal = reciprocal
    reciprocal_ = reciprocal_
    relu = relu
    relu_ = relu_
    remainder = remainder
    renorm = renorm
    repeat_interleave = repeat_interleave
    resolve_conj = resolve_conj
    resolve_neg = resolve_neg
    roll = roll
    rot90 = rot90
    round = round
    round_ = round_
    rsqrt = rsqrt
    rsqrt_ = rsqrt_
    scatter = scatter
    scatter_add = scatter_add
    scatter_reduce = scatter_reduce
    select = select
    select_scatter = select_scatter
    sgn = sgn
    sigmoid = sigmoid
    sigmoid_ = sigmoid_
    sign = sign
    signbit = signbit
    sin = sin
    sin_ = sin_
    sinc = sinc
    sinc_ = sinc_
    sinh = sinh
    sinh_ = sinh_
    slice_scatter = slice_scatter
    slogdet = slogdet
    softmax = softmax
    sort = sort
    split_with_sizes = split_with_sizes
    sqrt = sqrt
    sqrt_ = sqrt_
    square = square
    square_ = square_
    squeeze = squeeze
    std = std
    stft = stft
    sub = sub
    subtract = sub
    sum = sum
    svd = svd
    swapaxes = swapaxes
    swapdims = swapdims
    t = t
    take = take
    take_along_dim = take_along_dim
    tan = tan
    tan_ = tan_
    tanh = tanh
    tanh_ = tanh_
    tensor_split = tensor_split
    topk = topk
    trace = trace
    transpose = transpose
    triangular_solve = triangular_solve
    tril = tril
    triu = triu
    true_divide = true_divide
    trunc = trunc
    trunc_ = trunc_
    unbind = unbind
    unflatten = unflatten
    unique = unique
    unique_consecutive = unique_consecutive
    unsafe_chunk = unsafe_chunk
    unsafe_split = unsafe_split
    unsqueeze = unsqueeze
    var = var
    vdot = vdot
    vsplit = vsplit
    xlogy = xlogy
    xlogy_ = xlogy_
    zero_ = zero_


class _Handle:
    """What register_hook returns."""

    def remove(self):
        return None


def _typed(args, dtype):
    """torch.Tensor(2, 3), torch.LongTensor([1, 2]): sizes or data."""
    if len(args) == 0:
        return rules.new((0,), dtype)
    if len(args) == 1 and _nw.is_tensor(args[0]):
        return _nw.tensor(args[0].shape, dtype, like=args[0])
    if len(args) == 1 and isinstance(args[0], Size):
        return rules.new(args[0], dtype)
    if len(args) == 1 and not isinstance(args[0], builtins.int):
        return rules.from_data(args[0], dtype)
    return rules.new(args, dtype)


@op()
def FloatTensor(*args, device=None) -> Tensor:
    return _typed(args, float32)


@op()
def DoubleTensor(*args, device=None) -> Tensor:
    return _typed(args, float64)


@op()
def HalfTensor(*args, device=None) -> Tensor:
    return _typed(args, float16)


@op()
def BFloat16Tensor(*args, device=None) -> Tensor:
    return _typed(args, bfloat16)


@op()
def BoolTensor(*args, device=None) -> Tensor:
    return _typed(args, bool)


@op()
def ByteTensor(*args, device=None) -> Tensor:
    return _typed(args, uint8)


@op()
def CharTensor(*args, device=None) -> Tensor:
    return _typed(args, int8)


@op()
def ShortTensor(*args, device=None) -> Tensor:
    return _typed(args, int16)


@op()
def IntTensor(*args, device=None) -> Tensor:
    return _typed(args, int32)


@op()
def LongTensor(*args, device=None) -> Tensor:
    return _typed(args, int64)


_TYPES = {FloatTensor: float32, DoubleTensor: float64, HalfTensor: float16, BFloat16Tensor: bfloat16, BoolTensor: bool,
          ByteTensor: uint8, CharTensor: int8, ShortTensor: int16, IntTensor: int32, LongTensor: int64, Tensor: float32}
_TYPE_NAMES = {"FloatTensor": float32, "DoubleTensor": float64, "HalfTensor": float16, "BFloat16Tensor": bfloat16, "BoolTensor": bool,
               "ByteTensor": uint8, "CharTensor": int8, "ShortTensor": int16, "IntTensor": int32, "LongTensor": int64}


def _type_string(tensor):
    for name in _TYPE_NAMES:
        if _TYPE_NAMES[name] == tensor.dtype:
            return "torch." + name
    return _nw.unknown("the name of a tensor type")




# --- submodules, and what torch takes from torch.nn.functional

from torch import types, version, torch_version, _C
from torch import nn
from torch.nn.functional import (
    adaptive_avg_pool1d, adaptive_max_pool1d, avg_pool1d, bilinear, binary_cross_entropy_with_logits, celu, celu_, channel_shuffle, conv1d, conv2d,
    conv3d, conv_transpose1d, conv_transpose2d, conv_transpose3d, cosine_embedding_loss, cosine_similarity, ctc_loss, group_norm, hardshrink, hinge_embedding_loss, instance_norm,
    kl_div, layer_norm, margin_ranking_loss, max_pool1d, max_pool2d, max_pool3d, pairwise_distance, pdist, pixel_shuffle,
    pixel_unshuffle, poisson_nll_loss, prelu, rms_norm, rrelu, rrelu_, selu, selu_, threshold, threshold_, triplet_margin_loss)
from torch import autograd, backends, cuda, distributed, fft, hub, jit, library, linalg, onnx, optim, random, special, utils
from torch import amp, ao, compiler, cpu, distributions, export, func, functional, fx, mps, multiprocessing, nested, ops, overrides, profiler, serialization, testing, xpu
from torch._C import TensorType

import torch
