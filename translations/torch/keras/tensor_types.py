"""Types of elements, devices, casts, and calls that change no number."""
import math

import keras
import numpy as np
from keras import ops

DTYPES = ("bool", "uint8", "int8", "int16", "int32", "int64", "float16", "bfloat16", "float32", "float64", "complex64", "complex128")
FLOATING = ("float16", "bfloat16", "float32", "float64")

# ---------------------------------------------------------------- types of elements

@value("torch.float32")
@value("torch.float")
def dtype_float32():
    return "float32"


@value("torch.float64")
@value("torch.double")
def dtype_float64():
    return "float64"


@value("torch.float16")
@value("torch.half")
def dtype_float16():
    return "float16"


@value("torch.bfloat16")
def dtype_bfloat16():
    return "bfloat16"


@value("torch.int64")
@value("torch.long")
def dtype_int64():
    return "int64"


@value("torch.int32")
@value("torch.int")
def dtype_int32():
    return "int32"


@value("torch.int16")
@value("torch.short")
def dtype_int16():
    return "int16"


@value("torch.int8")
def dtype_int8():
    return "int8"


@value("torch.uint8")
def dtype_uint8():
    return "uint8"


@value("torch.bool")
def dtype_bool():
    return "bool"


@value("torch.complex64")
@value("torch.cfloat")
def dtype_complex64():
    return "complex64"


@value("torch.complex128")
@value("torch.cdouble")
def dtype_complex128():
    return "complex128"


@value("torch.inf")
def inf():
    return math.inf


@value("torch.nan")
def nan():
    return math.nan


@value("torch.pi")
def pi():
    return math.pi


@value("torch.e")
def e():
    return math.e


@value("torch.newaxis")
def newaxis():
    return None


@translation("torch.finfo")
def finfo(type=None):
    if type is None:
        return np.finfo("float32")
    return np.finfo(type)


@translation("torch.iinfo")
def iinfo(type):
    return np.iinfo(type)


@attribute("torch.dtype.is_floating_point")
def dtype_is_floating_point(self):
    return keras.backend.is_float_dtype(self)


@attribute("torch.dtype.is_complex")
def dtype_is_complex(self):
    return self in ("complex64", "complex128")


@attribute("torch.Tensor.dtype")
def tensor_dtype(self):
    return ops.dtype(self)


@attribute("torch.Tensor.data")
def tensor_data(self):
    return ops.stop_gradient(self)


@attribute("torch.Tensor.is_cuda")
def tensor_is_cuda(self):
    return False


@attribute("torch.Tensor.device")
def tensor_device(self):
    return "cpu"


@attribute("torch.Tensor.real")
def tensor_real(self):
    return ops.real(self)


@attribute("torch.Tensor.imag")
def tensor_imag(self):
    return ops.imag(self)


@translation("torch.device")
def device(type="cpu", index=None):
    return type


# ---------------------------------------------------------------- casts

@translation("torch.Tensor.to")
def to(self, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None, other=None):
    if len(args) > 0 and is_tensor(args[0]):
        return ops.cast(self, ops.dtype(args[0]))
    if other is not None:
        return ops.cast(self, ops.dtype(other))
    if dtype is not None:
        return ops.cast(self, dtype)
    if len(args) > 0 and str(args[0]).replace("torch.", "") in DTYPES:
        return ops.cast(self, args[0])
    if len(args) > 1 and str(args[1]).replace("torch.", "") in DTYPES:
        return ops.cast(self, args[1])
    return self


@adapter("torch.Tensor.type")
def type_of(self, dtype=None, non_blocking=False):
    """A tensor in another type; without one, the name of its type."""
    names = {"float32": "torch.FloatTensor", "float64": "torch.DoubleTensor", "float16": "torch.HalfTensor", "int64": "torch.LongTensor", "int32": "torch.IntTensor",
             "bool": "torch.BoolTensor", "uint8": "torch.ByteTensor", "int16": "torch.ShortTensor", "int8": "torch.CharTensor", "bfloat16": "torch.BFloat16Tensor"}
    if dtype is None:
        return names[keras.backend.standardize_dtype(self.dtype)]
    return ops.cast(self, {name: kind for kind, name in names.items()}.get(dtype, dtype))


@translation("torch.Tensor.type")
def torch_type(self, dtype=None, non_blocking=False, **kwargs):
    if dtype is not None and str(dtype).replace("torch.", "") in DTYPES:
        return ops.cast(self, dtype)
    if isinstance(dtype, type):
        return ops.cast(self, dtype)


@translation("torch.Tensor.type_as")
def type_as(self, other):
    return ops.cast(self, ops.dtype(other))


@translation("torch.Tensor.float")
def torch_float(self, memory_format=None):
    return ops.cast(self, "float32")


@translation("torch.Tensor.double")
def double(self, memory_format=None):
    return ops.cast(self, "float64")


@translation("torch.Tensor.half")
def half(self, memory_format=None):
    return ops.cast(self, "float16")


@translation("torch.Tensor.bfloat16")
def bfloat16(self, memory_format=None):
    return ops.cast(self, "bfloat16")


@translation("torch.Tensor.bool")
def torch_bool(self, memory_format=None):
    return ops.cast(self, "bool")


@translation("torch.Tensor.byte")
def byte(self, memory_format=None):
    return ops.cast(self, "uint8")


@translation("torch.Tensor.char")
def char(self, memory_format=None):
    return ops.cast(self, "int8")


@translation("torch.Tensor.short")
def short(self, memory_format=None):
    return ops.cast(self, "int16")


@translation("torch.Tensor.int")
def torch_int(self, memory_format=None):
    return ops.cast(self, "int32")


@translation("torch.Tensor.long")
def long(self, memory_format=None):
    return ops.cast(self, "int64")


@translation("torch.Tensor.cfloat")
def cfloat(self, memory_format=None):
    return ops.cast(self, "complex64")


@translation("torch.Tensor.cdouble")
def cdouble(self, memory_format=None):
    return ops.cast(self, "complex128")


@translation("torch.is_floating_point")
def is_floating_point(input):
    if dtype(input) in FLOATING:
        return True
    return False


@translation("torch.is_complex")
def is_complex(input):
    if dtype(input) in ("complex64", "complex128"):
        return True
    return False


# ---------------------------------------------------------------- no change of numbers

@translation("torch.Tensor.to_sparse")
def to_sparse(self, sparse_dim=None, *, layout=None, blocksize=None, dense_dim=None):
    return self


@translation("torch.Tensor.to_dense")
def to_dense(self, dtype=None, *, masked_grad=None):
    if dtype is None:
        return self


@translation("torch.Tensor.contiguous")
def contiguous(self, memory_format=None):
    return self


@translation("torch.clone")
def clone(input, *, memory_format=None):
    return input


@adapter("torch.clone")
def clone(input):
    """The tensor itself, which never changes."""
    return input


@translation("torch.Tensor.cpu")
def cpu(self, memory_format=None):
    return self


@translation("torch.Tensor.cuda")
def cuda(self, device=None, non_blocking=False, memory_format=None):
    return self


@translation("torch.Tensor.xpu")
def xpu(self, device=None, non_blocking=False, memory_format=None):
    return self


@translation("torch.Tensor.pin_memory")
def pin_memory(self, device=None):
    return self


@translation("torch.Tensor.requires_grad_")
def requires_grad_(self, requires_grad=True):
    return self


@translation("torch.Tensor.share_memory_")
def share_memory_(self):
    return self


@translation("torch.resolve_conj")
def resolve_conj(input):
    return input


@translation("torch.resolve_neg")
def resolve_neg(input):
    return input


@translation("torch.autograd.Variable")
def Variable(data, requires_grad=False, volatile=False):
    if is_tensor(data):
        return data


@translation("torch.Tensor.is_contiguous")
def is_contiguous(self, memory_format=None):
    return True


@translation("torch.detach")
def detach(input):
    return ops.stop_gradient(input)


@translation("torch.detach_")
def detach_(input):
    return ops.stop_gradient(input)


@translation("torch.Tensor.numpy")
def numpy(self, *, force=False):
    return ops.convert_to_numpy(self)


@translation("torch.Tensor.item")
def item(self):
    return ops.convert_to_numpy(self).item()


@translation("torch.Tensor.tolist")
def tolist(self):
    return ops.convert_to_numpy(self).tolist()


@translation("torch.utils.checkpoint.checkpoint")
def checkpoint(function, *args, use_reentrant=None, context_fn=None, determinism_check="default", debug=False, early_stop=True, **kwargs):
    if len(kwargs) == 0:
        return function(*args)


@translation("torch.jit.is_scripting")
def is_scripting():
    return False


@translation("torch.jit.is_tracing")
def is_tracing():
    return False


@translation("torch._C._is_tracing")
def is_tracing_inside():
    return False


@translation("torch.Tensor.get_device")
def get_device(self):
    return -1


@translation("torch.jit.annotate")
def annotate(the_type, the_value):
    return the_value


@translation("torch.xpu.is_available")
def xpu_is_available():
    return False


@translation("torch.cuda.is_available")
def cuda_is_available():
    return False


@translation("torch.manual_seed")
def manual_seed(seed):
    return keras.utils.set_random_seed(seed)


@translation("torch.cuda.manual_seed")
def cuda_manual_seed(seed):
    return keras.utils.set_random_seed(seed)


@translation("torch.cuda.manual_seed_all")
def cuda_manual_seed_all(seed):
    return keras.utils.set_random_seed(seed)


@dropped("torch._assert", note="assertion")
def _assert(condition, message=""):
    pass


@dropped("torch.jit.script", note="compilation")
def jit_script(obj=None, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    pass


@dropped("torch.jit.ignore", note="compilation")
def jit_ignore(drop=False, **kwargs):
    pass


@dropped("torch.jit.unused", note="compilation")
def jit_unused(fn):
    pass


@dropped("torch.jit.export", note="compilation")
def jit_export(fn):
    pass


@dropped("torch.jit.script_method", note="compilation")
def jit_script_method(fn):
    pass


@dropped("torch.jit.script_if_tracing", note="compilation")
def jit_script_if_tracing(fn):
    pass


@dropped("torch.set_float32_matmul_precision", note="speed")
def set_float32_matmul_precision(precision):
    pass


@dropped("torch.set_grad_enabled", note="training")
def set_grad_enabled(mode):
    pass


@dropped("torch.cuda.empty_cache", note="device")
def empty_cache():
    pass


@dropped("torch.cuda.synchronize", note="device")
def synchronize(device=None):
    pass


@translation("torch.jit.fork")
def fork(func, *args, **kwargs):
    if len(kwargs) == 0:
        return func(*args)


@translation("torch.jit.wait")
def wait(future):
    return future


@adapter("helper.checkpoint_sequential")
def checkpoint_sequential(functions, input):
    """The functions one after the other."""
    for function in functions:
        input = function(input)
    return input


@translation("torch.utils.checkpoint.checkpoint_sequential")
def _checkpoint_sequential(functions, segments, input, use_reentrant=None, **kwargs):
    if len(kwargs) == 0:
        return checkpoint_sequential(functions, input)


@translation("torch.broadcast_shapes")
def broadcast_shapes(*shapes):
    return np.broadcast_shapes(*shapes)


@translation("torch.get_default_dtype")
def get_default_dtype():
    return keras.config.floatx()


# The types of old: classes of tensors, which stand for the type of their elements.


@value("torch.FloatTensor")
def float_tensor():
    return "float32"


@value("torch.DoubleTensor")
def double_tensor():
    return "float64"


@value("torch.HalfTensor")
def half_tensor():
    return "float16"


@value("torch.LongTensor")
def long_tensor():
    return "int64"


@value("torch.IntTensor")
def int_tensor():
    return "int32"


@value("torch.ShortTensor")
def short_tensor():
    return "int16"


@value("torch.ByteTensor")
def byte_tensor():
    return "uint8"


@value("torch.BoolTensor")
def bool_tensor():
    return "bool"


@value("torch.CharTensor")
def char_tensor():
    return "int8"


@value("torch.BFloat16Tensor")
def bfloat16_tensor():
    return "bfloat16"
