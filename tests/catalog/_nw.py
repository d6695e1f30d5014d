"""The CPython twin of the intrinsic module `_nw`.

Netwright's interpreter implements `_nw` natively; this file lets CPython run the catalog, so that tests can hold it
against the real framework. The meaning of each name is written in docs/catalog-language.md.
"""
import collections
import copy as _copy
import functools
import importlib
import inspect
import math as _math
import re
import struct
import sys
import typing

# ---------------------------------------------------------------- dtypes, devices, sizes

_DTYPES = {  # name: (category, bytes); categories order promotion: 0 bool, 1 integer, 2 floating, 3 complex
    "bool": (0, 1), "uint8": (1, 1), "int8": (1, 1), "int16": (1, 2), "int32": (1, 4), "int64": (1, 8),
    "uint16": (1, 2), "uint32": (1, 4), "uint64": (1, 8),
    "float16": (2, 2), "bfloat16": (2, 2), "float32": (2, 4), "float64": (2, 8),
    "float8_e4m3fn": (2, 1), "float8_e5m2": (2, 1),
    "complex32": (3, 4), "complex64": (3, 8), "complex128": (3, 16),
    "qint8": (1, 1), "quint8": (1, 1), "qint32": (1, 4),
}


class DType:
    _all = {}

    def __new__(cls, name):
        if name not in cls._all:
            if name not in _DTYPES:
                raise TypeError("no dtype " + repr(name))
            self = super().__new__(cls)
            self.name = name
            self._category, self.itemsize = _DTYPES[name]
            self.is_floating_point = self._category == 2
            self.is_complex = self._category == 3
            self.is_signed = self._category >= 2 or name.startswith("int")
            cls._all[name] = self
        return cls._all[name]

    def __repr__(self):
        return "torch." + self.name

    def __reduce__(self):
        return DType, (self.name,)


class Device:
    def __init__(self, type="cpu", index=None):
        if isinstance(type, Device):
            type, index = type.type, type.index
        if isinstance(type, int):
            type, index = "cuda", type
        if ":" in type:
            type, number = type.split(":")
            index = int(number)
        self.type = type
        self.index = index

    def __eq__(self, other):
        return isinstance(other, Device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self):
        return hash((self.type, self.index))

    def __str__(self):
        return self.type if self.index is None else "%s:%d" % (self.type, self.index)


class Size(tuple):
    def numel(self):
        return prod(self)

    def __getitem__(self, index):
        result = tuple.__getitem__(self, index)
        return Size(result) if isinstance(index, slice) else result

    def __add__(self, other):
        return Size(tuple(self) + tuple(other))

    def __mul__(self, count):
        return Size(tuple(self) * count)


# ---------------------------------------------------------------- what nobody knows

class Unknown:
    def __init__(self, message):
        self.message = message

    def _again(self, *others):
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __floordiv__ = __rfloordiv__ = _again
    __truediv__ = __rtruediv__ = __mod__ = __rmod__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _again
    __pow__ = __rpow__ = __abs__ = __getitem__ = __call__ = __eq__ = __ne__ = __and__ = __or__ = _again
    __hash__ = object.__hash__

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __bool__(self):
        raise RuntimeError("a test on what is not known: " + self.message)


def unknown(message, number=False):
    return Unknown(message)


def outside(message, number=False):
    return unknown(message, number)


def known(x):
    return not isinstance(x, Unknown)


def postponed(self, mode):
    return False


def any_parameters(self):
    return None


def modules_below(self, prefix, remove_duplicate):
    return None  # not sure


def set_mode(self, mode):
    return False


def check(condition, message="", error=RuntimeError):
    if isinstance(condition, Unknown):
        return
    if not condition:
        raise error(message)


# ---------------------------------------------------------------- tensors

_BINARY = {"add": "add", "sub": "sub", "mul": "mul", "truediv": "div", "floordiv": "floor_divide", "mod": "remainder",
           "pow": "pow", "matmul": "matmul", "and": "bitwise_and", "or": "bitwise_or", "xor": "bitwise_xor",
           "lshift": "bitwise_left_shift", "rshift": "bitwise_right_shift"}
_COMPARE = {"eq": "eq", "ne": "ne", "lt": "lt", "le": "le", "gt": "gt", "ge": "ge"}
_UNARY = {"neg": "neg", "invert": "bitwise_not", "abs": "abs"}


class TensorBase:
    _class = None   # the catalog's torch.Tensor: what tensor() makes
    _kind = "tensor"
    grad = None
    is_leaf = True
    layout = "strided"
    names = ()

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        if TensorBase._class is None and cls.__name__ == "Tensor":
            TensorBase._class = cls

    @property
    def shape(self):
        if self._kind.startswith("uninitialized"):
            raise RuntimeError("Can't access the shape of an uninitialized parameter or buffer.")
        return self._shape

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def is_cuda(self):
        return self.device.type == "cuda"

    @property
    def data(self):
        return same(self)

    @data.setter
    def data(self, value):
        self._shape, self.dtype, self._values = value._shape, value.dtype, flat(value)
        self._storage, self._version = value._storage, value._storage.version

    @property
    def T(self):
        return tensor(self.shape[::-1], like=self)

    @property
    def mT(self):
        check(self.ndim >= 2, "tensor.mT is only supported on matrices or batches of matrices")
        return tensor(self.shape[:-2] + (self.shape[-1], self.shape[-2]), like=self)

    @property
    def H(self):
        check(self.ndim in (0, 2), "tensor.H is only supported on matrices")
        return tensor(self.shape[::-1], like=self)

    @property
    def real(self):
        return tensor(self.shape, _REAL.get(self.dtype.name, self.dtype))

    @property
    def imag(self):
        check(self.dtype.is_complex, "imag is not implemented for tensors with non-complex dtypes.")
        return tensor(self.shape, _REAL[self.dtype.name])

    def materialize(self, shape, device=None, dtype=None):
        self._shape = Size(shape)
        self.dtype = dtype or self.dtype
        self._kind = self._kind.replace("uninitialized_", "")

    def __hash__(self):
        return id(self)

    def __deepcopy__(self, memo):
        new = same(self)
        new.__dict__.update({key: value for key, value in self.__dict__.items() if key not in ("_values", "_shape")})
        return new


def _operator(name, swapped=False):
    def run(self, *others):
        function = getattr(sys.modules["torch"], name)
        return function(others[0], self) if swapped else function(self, *others)
    return run


def _in_place_operator(name):
    def run(self, other):
        result = getattr(sys.modules["torch"], name)(self, other)
        check(result.shape == self.shape, "output with shape doesn't match the broadcast shape")
        check(result.dtype._category <= self.dtype._category, "the result type can't be cast to the desired output type")
        return overwrite(self, flat(result))
    return run


for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor", "lshift", "rshift"):
    setattr(TensorBase, "__i%s__" % _name, _in_place_operator(_BINARY[_name]))
for _name, _torch in _BINARY.items():
    setattr(TensorBase, "__%s__" % _name, _operator(_torch))
    setattr(TensorBase, "__r%s__" % _name, _operator(_torch, swapped=True))
for _name, _torch in {**_COMPARE, **_UNARY}.items():
    setattr(TensorBase, "__%s__" % _name, _operator(_torch))

_REAL = {"complex32": DType("float16"), "complex64": DType("float32"), "complex128": DType("float64")}


def tensor(shape, dtype=None, like=None, data=None):
    new = object.__new__(TensorBase._class or TensorBase)
    new._shape = None if shape is None else Size(shape)
    for size in new._shape or ():
        if not isinstance(size, Unknown) and (isinstance(size, bool) or not isinstance(size, int) or size < 0):
            raise RuntimeError("a tensor cannot have the shape %r" % (tuple(shape),))
    if dtype is None:
        dtype = like.dtype if like is not None else DType("float32")
    if not isinstance(dtype, (DType, Unknown)):
        raise TypeError("not a dtype: %r" % (dtype,))
    new.dtype = dtype
    new.device = like.device if like is not None else Device("cpu")
    new.requires_grad = False
    new._values = None if data is None else [converted(x, dtype) for x in data]
    new._storage = Storage()
    new._version = 0
    if data is not None and len(new._values) != prod(shape):
        raise RuntimeError("the data does not fill the shape")
    return new


class Storage:
    """What views share; `version` counts the writes."""
    version = 0


def converted(x, dtype):
    """A number as an element of that dtype holds it."""
    if isinstance(dtype, Unknown):
        return x
    if dtype.name == "bool":
        return bool(x)
    if dtype._category == 1:
        bits = dtype.itemsize * 8
        x = int(x) % 2 ** bits
        return x - 2 ** bits if dtype.is_signed and x >= 2 ** (bits - 1) else x
    if dtype.name == "float32" and abs(x) < 3.4e38:
        return struct.unpack("f", struct.pack("f", x))[0]
    if dtype.name == "float16" and abs(x) < 65504:
        return struct.unpack("e", struct.pack("e", x))[0]
    return float(x) if dtype._category == 2 else x


def view(x, shape, data=None):
    new = tensor(shape, x.dtype, like=x, data=data)
    new._storage, new._version = x._storage, x._storage.version
    return new


def overwrite(x, data=None):
    x._storage.version += 1
    x._version = x._storage.version
    x._values = None if data is None else [converted(v, x.dtype) for v in data]
    return x


def flat(t):
    return t._values if t._version == t._storage.version else None


def same(x):
    new = view(x, x._shape, flat(x)) if x._shape is not None else tensor(None, x.dtype, like=x)
    new._kind = x._kind if x._kind.startswith("uninitialized") else "tensor"
    return new


def is_tensor(x):
    return isinstance(x, TensorBase)


def constant(t):
    if flat(t) is None:
        return None

    def nest(values, shape):
        if not shape:
            return values[0]
        step = prod(shape[1:])
        return [nest(values[i * step:(i + 1) * step], shape[1:]) for i in range(shape[0])]
    return nest(t._values, t._shape)


def nested(data):
    shape, items = [], data
    while isinstance(items, (list, tuple)):
        shape.append(len(items))
        items = items[0] if items else None
    flat = []

    def read(x, axis):
        if axis == len(shape):
            flat.append(x)
            return isinstance(x, (bool, int, float))
        return isinstance(x, (list, tuple)) and len(x) == shape[axis] and all([read(item, axis + 1) for item in x])
    if not isinstance(data, (list, tuple)) or not read(data, 0):
        return None
    kinds = {type(x) for x in flat}
    dtype = "float32" if float in kinds or not kinds else "int64" if int in kinds else "bool"
    return tuple(shape), DType(dtype), flat if len(flat) <= 4096 else None


class _Marked(type):
    """Classes whose instances are tensors that carry a mark."""

    def __instancecheck__(cls, x):
        return isinstance(x, TensorBase) and (x._kind == cls.kind or x._kind in cls.also)

    def __call__(cls, *arguments, **options):
        return cls.make(*arguments, **options)


class Parameter(metaclass=_Marked):
    kind, also = "parameter", ("uninitialized_parameter",)

    @staticmethod
    def make(data=None, requires_grad=True):
        new = tensor((0,)) if data is None else same(data)
        new._kind = "parameter"
        new.requires_grad = requires_grad
        return new


class Buffer(metaclass=_Marked):
    kind, also = "buffer", ("uninitialized_buffer",)

    @staticmethod
    def make(data=None, *, persistent=True):
        new = tensor((0,)) if data is None else same(data)
        new._kind = "buffer"
        new.persistent = persistent
        return new


class UninitializedParameter(metaclass=_Marked):
    kind, also = "uninitialized_parameter", ()

    @staticmethod
    def make(requires_grad=True, device=None, dtype=None):
        new = tensor((0,), dtype)
        new._kind = "uninitialized_parameter"
        new.requires_grad = requires_grad
        return new


class UninitializedBuffer(metaclass=_Marked):
    kind, also = "uninitialized_buffer", ()

    @staticmethod
    def make(requires_grad=False, device=None, dtype=None, persistent=True):
        new = tensor((0,), dtype)
        new._kind = "uninitialized_buffer"
        new.persistent = persistent
        return new


# ---------------------------------------------------------------- shapes, dtypes, arguments

def prod(shape):
    result = 1
    for size in shape:
        result = result * size
    return result


def broadcast(*shapes):
    rank = max([len(shape) for shape in shapes] + [0])
    result = [1] * rank
    for shape in shapes:
        for i, size in enumerate(shape, rank - len(shape)):
            if isinstance(size, Unknown) or isinstance(result[i], Unknown):
                result[i] = result[i] if isinstance(size, Unknown) and not isinstance(result[i], Unknown) and result[i] != 1 else size
            elif size != 1:
                if result[i] not in (1, size):
                    raise RuntimeError("The size of tensor a (%s) must match the size of tensor b (%s) at non-singleton"
                                       " dimension %d" % (result[i], size, i))
                result[i] = size
    return tuple(result)


_ORDER = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64",
          "complex32", "complex64", "complex128"]


def _join(a, b):
    """The dtype that holds two others (torch.promote_types)."""
    if a is None or a is b:
        return b
    if b is None:
        return a
    low, high = sorted((a, b), key=lambda x: (x._category, _ORDER.index(x.name) if x.name in _ORDER else 99))
    if {low.name, high.name} == {"uint8", "int8"}:
        return DType("int16")
    if {low.name, high.name} == {"float16", "bfloat16"}:
        return DType("float32")
    if high._category == 3 and low._category == 2:
        wide = {"float16": 32, "bfloat16": 64, "float32": 64, "float64": 128}[low.name]
        return DType("complex%d" % max(wide, high.itemsize * 8))
    return high


def _over(high, low):
    """A stronger operand's dtype against a weaker one's: only a higher category of the weaker one counts."""
    if high is None or low is None:
        return high or low
    if low._category <= high._category:
        return high
    if high._category == 2:  # floating against complex: the complex type of the stronger operand's width
        return DType({"float16": "complex32", "float64": "complex128"}.get(high.name, "complex64"))
    return _join(high, low)


def promote(*operands):
    ranked = scalar = number = None
    for x in operands:
        if isinstance(x, DType):
            ranked = _join(ranked, x)
        elif isinstance(x, TensorBase):
            if x._shape is not None and len(x._shape) == 0:
                scalar = _join(scalar, x.dtype)
            else:
                ranked = _join(ranked, x.dtype)
        elif isinstance(x, bool):
            number = _join(number, DType("bool"))
        elif isinstance(x, int):
            number = _join(number, DType("int64"))
        elif isinstance(x, complex):
            number = _join(number, DType("complex64"))
        elif isinstance(x, float) or isinstance(x, Unknown):
            number = _join(number, DType("float32"))
        else:
            raise TypeError("neither a tensor nor a number: %r" % (x,))
    return _over(ranked, _over(scalar, number))


def normal_dim(dim, rank):
    span = max(rank, 1)
    if isinstance(dim, bool) or not isinstance(dim, int):
        raise TypeError("a dimension must be an int, not %r" % (dim,))
    if not -span <= dim < span:
        raise IndexError("Dimension out of range (expected to be in range of [%d, %d], but got %d)"
                         % (-span, span - 1, dim))
    return dim % span


def pair(x, n):
    if isinstance(x, (tuple, list)):
        x = tuple(x)
        if len(x) == 1:
            return x * n
        if len(x) != n:
            raise RuntimeError("expected %d values, got %d" % (n, len(x)))
        return x
    return (x,) * n


def reshaped(shape, sizes):
    sizes = list(sizes)
    count = prod(shape)
    if any(isinstance(size, Unknown) for size in list(shape) + sizes):
        return tuple(unknown("the rest of a reshape") if size == -1 else size for size in sizes)
    rest = prod(size for size in sizes if size != -1)
    if sizes.count(-1) > 1:
        raise RuntimeError("only one dimension can be inferred")
    if any(size < -1 for size in sizes):
        raise RuntimeError("invalid shape dimension")
    if -1 in sizes:
        if rest == 0 or count % rest:
            raise RuntimeError("shape %r is invalid for input of size %d" % (sizes, count))
        sizes[sizes.index(-1)] = count // rest
    elif rest != count:
        raise RuntimeError("shape %r is invalid for input of size %d" % (sizes, count))
    return tuple(sizes)


def slice_length(key, size, backwards=False):
    if key.step is not None and key.step <= 0 and not backwards:
        raise ValueError("step must be greater than zero")
    bounds = [int(bound) if isinstance(bound, TensorBase) else bound for bound in (key.start, key.stop)]
    if any(isinstance(x, Unknown) for x in bounds + [size, key.step]):
        return size if bounds == [None, None] else unknown("the length of a slice")
    return len(range(*slice(*bounds, key.step).indices(size)))


def math(name, *numbers):
    for x in numbers:
        if isinstance(x, Unknown):
            return x
    return getattr(_math, name)(*numbers)


# ---------------------------------------------------------------- natives of Python's library

partial, OrderedDict, defaultdict, NamedTuple = functools.partial, collections.OrderedDict, collections.defaultdict, typing.NamedTuple
deepcopy, import_module = _copy.deepcopy, importlib.import_module
copy = _copy.copy
absent = inspect.Parameter.empty


def namedtuple(typename, field_names, **options):
    return collections.namedtuple(typename.strip("_") or "row", field_names, **options)


def modules():
    return sys.modules


def parameters(function, unwraps=True):
    signature = inspect.signature(function, follow_wrapped=unwraps)
    return [(p.name, p.kind.name, p.default, p.annotation) for p in signature.parameters.values()]


def regex(pattern, string, position, anchor, flags):
    found = getattr(re.compile(pattern, flags), anchor)(string, position)
    if found is None:
        return None
    return tuple(found.span(i) for i in range(found.re.groups + 1)), dict(found.re.groupindex)


# ---------------------------------------------------------------- decorators

def _decorator(mark):
    def decorator(*target, **options):
        def apply(what):
            setattr(what, mark, {**options, "of": what.__qualname__})
            return what
        return apply(target[0]) if target else apply
    return decorator


_NUMPY_NAMES = {"axis": "dim", "keepdims": "keepdim", "x": "input", "x2": "other", "x1": "input"}


def _with_numpy_names(function):
    """The framework's own argument parser takes numpy's names of some arguments too."""
    own = inspect.signature(function).parameters
    renamed = {other: name for other, name in _NUMPY_NAMES.items() if name in own and other not in own}
    if not renamed:
        return function

    @functools.wraps(function)
    def run(*arguments, **options):
        return function(*arguments, **{renamed.get(name, name): value for name, value in options.items()})
    return run


def op(*target, **options):
    if not target:
        return lambda function: op(function, **options)
    return _mark_op(_with_numpy_names(target[0]), **options)


def _mark_op(function, **options):
    function.__nw_op__ = {**options, "of": function.__qualname__}
    return function


layer = _decorator("__nw_layer__")
container = _decorator("__nw_container__")


# ---------------------------------------------------------------- modules

def module_begin(own):
    ordered = collections.OrderedDict
    own.update(training=True, _parameters={}, _buffers={}, _non_persistent_buffers_set=set(), _backward_pre_hooks=ordered(), _backward_hooks=ordered(),
               _is_full_backward_hook=None)
    for kind in ("forward_hooks", "forward_hooks_with_kwargs", "forward_hooks_always_called", "forward_pre_hooks", "forward_pre_hooks_with_kwargs",
                 "state_dict_hooks", "state_dict_pre_hooks", "load_state_dict_pre_hooks", "load_state_dict_post_hooks"):
        own["_" + kind] = ordered()
    own["_modules"] = {}


def is_free_name(self, name, registry):
    return False  # not sure


def is_leaf(module):
    return False  # not sure


def module_setattr(self, name, value):
    own = self.__dict__
    parameters, buffers, modules = own.get("_parameters"), own.get("_buffers"), own.get("_modules")
    if modules and "parametrizations" in modules and name in modules["parametrizations"]._modules:
        return
    if isinstance(value, Parameter):
        if parameters is None:
            raise AttributeError("cannot assign parameters before Module.__init__() call")
        home = parameters
    elif parameters is not None and name in parameters:
        if value is not None:
            raise TypeError("cannot assign as parameter %r (torch.nn.Parameter or None expected)" % name)
        home = parameters
    elif _is_module(value):
        if modules is None:
            raise AttributeError("cannot assign module before Module.__init__() call")
        home = modules
    elif modules is not None and name in modules:
        if value is not None:
            raise TypeError("cannot assign as child module %r (torch.nn.Module or None expected)" % name)
        home = modules
    elif isinstance(value, Buffer) or (buffers is not None and name in buffers):
        if value is not None and not is_tensor(value):
            raise TypeError("cannot assign as buffer %r (torch.Tensor or None expected)" % name)
        home = buffers
        if isinstance(value, Buffer):
            own["_non_persistent_buffers_set"].discard(name)
            if not value.persistent:
                own["_non_persistent_buffers_set"].add(name)
    else:
        object.__setattr__(self, name, value)
        return
    if home is not buffers:
        own["_non_persistent_buffers_set"].discard(name)
    for other in (own, parameters, buffers, modules):
        if other is not home:
            other.pop(name, None)
    home[name] = value


def module_getattr(self, name):
    own = self.__dict__
    for registry in ("_parameters", "_buffers", "_modules"):
        if registry in own and name in own[registry]:
            return own[registry][name]
    held = own.get("_modules", {}).get("parametrizations")
    if held is not None and name in held._modules:
        return held._modules[name]()
    raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))


def module_delattr(self, name):
    own = self.__dict__
    for registry in ("_parameters", "_buffers", "_modules"):
        if name in own.get(registry, ()):
            del own[registry][name]
            own["_non_persistent_buffers_set"].discard(name)
            return
    object.__delattr__(self, name)


def _is_module(value):
    return any((base.__module__, base.__name__) == ("torch.nn.modules.module", "Module") for base in type(value).__mro__)


def remembering(function, most):
    return function


def runs_all():
    return True


def forget(function):
    return None


def disk_kind(path):
    return unknown("whether a file exists")


def disk_names(path):
    return unknown("the files of a folder")


def disk_text(path):
    return unknown("what a file holds")


def disk_change(path):
    return None


def installed(name):
    import importlib.util
    return importlib.util.find_spec(name) is not None


def check_context_manager(function, generator):
    """CPython runs generators as they should be."""
