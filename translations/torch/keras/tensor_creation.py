"""Creation of tensors, and random numbers.

PyTorch gives whole numbers int64 and others float32; Keras says int32 in places, so that the type is written.
"""
import keras
import numpy as np
from keras import ops

INTEGRAL = ("uint8", "int8", "int16", "int32", "int64", "torch.uint8", "torch.int8", "torch.int16", "torch.int32", "torch.int64")

# ---------------------------------------------------------------- filled


@adapter("torch.zeros")
def zeros_of(*args, size=None, dtype=None, device=None, requires_grad=False):
    """Zeros of a shape that is given as one argument or as several."""
    size = args if size is None else size
    return ops.zeros(tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else tuple(size), dtype=dtype)


@adapter("torch.ones")
def ones_of(*args, size=None, dtype=None, device=None, requires_grad=False):
    """Ones of a shape that is given as one argument or as several."""
    size = args if size is None else size
    return ops.ones(tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else tuple(size), dtype=dtype)


@adapter("torch.empty")
def empty_of(*args, size=None, dtype=None, device=None, requires_grad=False):
    """A tensor of a shape that is given as one argument or as several, to be written to."""
    size = args if size is None else size
    return ops.zeros(tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else tuple(size), dtype=dtype)


@translation("torch.zeros")
def zeros(*args, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    if out is not None:
        return
    if size is not None:
        return ops.zeros(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.zeros(args[0], dtype=dtype)
    return ops.zeros(args, dtype=dtype)


@translation("torch.ones")
def ones(*args, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    if out is not None:
        return
    if size is not None:
        return ops.ones(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.ones(args[0], dtype=dtype)
    return ops.ones(args, dtype=dtype)


@translation("torch.empty")
def empty(*args, size=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, memory_format=None, names=None):
    if out is not None:
        return
    if size is not None:
        return ops.zeros(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.zeros(args[0], dtype=dtype)
    return ops.zeros(args, dtype=dtype)


@translation("torch.Tensor.new_zeros")
def new_zeros(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    if size is not None and dtype is not None:
        return ops.zeros(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)) and dtype is not None:
        return ops.zeros(args[0], dtype=dtype)
    if dtype is not None:
        return ops.zeros(args, dtype=dtype)
    if size is not None:
        return ops.zeros(size, dtype=ops.dtype(self))
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.zeros(args[0], dtype=ops.dtype(self))
    return ops.zeros(args, dtype=ops.dtype(self))


@translation("torch.Tensor.new_ones")
def new_ones(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    if size is not None and dtype is not None:
        return ops.ones(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)) and dtype is not None:
        return ops.ones(args[0], dtype=dtype)
    if dtype is not None:
        return ops.ones(args, dtype=dtype)
    if size is not None:
        return ops.ones(size, dtype=ops.dtype(self))
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.ones(args[0], dtype=ops.dtype(self))
    return ops.ones(args, dtype=ops.dtype(self))


@translation("torch.Tensor.new")
def new(self, *args):
    if len(args) > 0 and all(isinstance(size, int) for size in args):
        return ops.zeros(args, dtype=ops.dtype(self))


@translation("torch.Tensor.new_empty")
def new_empty(self, *args, size=None, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    if size is not None and dtype is not None:
        return ops.zeros(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)) and dtype is not None:
        return ops.zeros(args[0], dtype=dtype)
    if dtype is not None:
        return ops.zeros(args, dtype=dtype)
    if size is not None:
        return ops.zeros(size, dtype=ops.dtype(self))
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return ops.zeros(args[0], dtype=ops.dtype(self))
    return ops.zeros(args, dtype=ops.dtype(self))


@adapter("torch.full")
def full_of(size, fill_value, *, dtype=None, device=None, requires_grad=False):
    """A tensor of one value, of that value's type unless another is asked for."""
    if ops.is_tensor(fill_value):
        return ops.cast(ops.broadcast_to(fill_value, tuple(size)), fill_value.dtype if dtype is None else dtype)
    kind = "bool" if isinstance(fill_value, bool) else "int64" if isinstance(fill_value, int) else "float32"
    return ops.full(tuple(size), fill_value, dtype=kind if dtype is None else dtype)


@translation("torch.full")
def full(size, fill_value, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    if out is not None:
        return
    if dtype is not None or isinstance(fill_value, float):
        return ops.full(size, fill_value, dtype=dtype)
    if isinstance(fill_value, bool):
        return ops.full(size, fill_value, dtype="bool")
    if isinstance(fill_value, int):
        return ops.full(size, fill_value, dtype="int64")
    if is_tensor(fill_value):
        return ops.broadcast_to(fill_value, size)


@translation("torch.Tensor.new_full")
def new_full(self, size, fill_value, *, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    if dtype is not None:
        return ops.full(size, fill_value, dtype=dtype)
    return ops.full(size, fill_value, dtype=ops.dtype(self))


@translation("torch.zeros_like")
def zeros_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
    return ops.zeros_like(input, dtype=dtype)


@translation("torch.ones_like")
def ones_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
    return ops.ones_like(input, dtype=dtype)


@translation("torch.empty_like")
def empty_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
    return ops.zeros_like(input, dtype=dtype)


@translation("torch.full_like")
def full_like(input, fill_value, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, pin_memory=False):
    if not is_tensor(fill_value):
        return ops.full_like(input, fill_value, dtype=dtype)


@translation("torch.zero_")
def zero_(input):
    return ops.zeros_like(input)


@translation("torch.fill_")
def fill_(input, value):
    if not is_tensor(value):
        return ops.full_like(input, value)


@adapter("helper.copied")
def copied(self, src):
    """Src in the shape and the type of self."""
    return ops.broadcast_to(ops.cast(src, self.dtype), ops.shape(self))


@translation("torch.Tensor.copy_")
def copy_(self, src, non_blocking=False):
    if is_tensor(src) and src.shape == self.shape and dtype(src) == dtype(self):
        return src
    if is_tensor(src):
        return copied(self, src)


# ---------------------------------------------------------------- sequences


@adapter("torch.arange")
def range_of(*args, start=0, end=None, step=1, dtype=None, device=None, requires_grad=False):
    """Numbers from start up to end, integers where all three are."""
    if len(args) == 1:
        end = args[0]
    elif args:
        start, end, step = (*args, step)[:3]
    if dtype is None:
        whole = [keras.backend.is_int_dtype(x.dtype) if ops.is_tensor(x) else isinstance(x, int) for x in (start, end, step)]
        dtype = "int64" if all(whole) else "float32"
    return ops.arange(start, end, step, dtype=dtype)


@translation("torch.arange")
def arange(*args, start=0, end=None, step=1, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if out is not None or len(args) == 0 and end is None or len(args) > 0 and start != 0:
        return
    if len(args) == 0 and isinstance(start, int) and isinstance(end, int) and isinstance(step, int) and dtype is None:
        return ops.arange(start, end, step, dtype="int64")
    if len(args) == 0 and isinstance(start, int) and isinstance(end, int) and isinstance(step, int):
        return ops.arange(start, end, step, dtype=dtype)
    if len(args) == 1 and end is None and isinstance(args[0], int) and step == 1 and dtype is None:
        return ops.arange(args[0], dtype="int64")
    if len(args) == 1 and end is None and isinstance(args[0], int) and step == 1:
        return ops.arange(args[0], dtype=dtype)
    if len(args) == 2 and isinstance(args[0], int) and isinstance(args[1], int) and step == 1 and dtype is None:
        return ops.arange(args[0], args[1], dtype="int64")
    if len(args) == 2 and isinstance(args[0], int) and isinstance(args[1], int) and step == 1:
        return ops.arange(args[0], args[1], dtype=dtype)
    if len(args) == 2 and isinstance(args[0], int) and isinstance(args[1], int) and isinstance(step, int) and dtype is None:
        return ops.arange(args[0], args[1], step, dtype="int64")
    if len(args) == 2 and isinstance(args[0], int) and isinstance(args[1], int) and isinstance(step, int):
        return ops.arange(args[0], args[1], step, dtype=dtype)
    if len(args) == 3 and isinstance(args[0], int) and isinstance(args[1], int) and isinstance(args[2], int) and dtype is None:
        return ops.arange(args[0], args[1], args[2], dtype="int64")
    if len(args) == 3 and isinstance(args[0], int) and isinstance(args[1], int) and isinstance(args[2], int):
        return ops.arange(args[0], args[1], args[2], dtype=dtype)
    if dtype is not None and str(dtype) in INTEGRAL:
        return
    if len(args) == 1 and end is None and isinstance(args[0], (int, float)) and dtype is None:
        return ops.convert_to_tensor(np.arange(0, args[0], step), dtype="float32")
    if len(args) == 1 and end is None and isinstance(args[0], (int, float)):
        return ops.convert_to_tensor(np.arange(0, args[0], step), dtype=dtype)
    if len(args) == 2 and isinstance(args[0], (int, float)) and isinstance(args[1], (int, float)) and dtype is None:
        return ops.convert_to_tensor(np.arange(args[0], args[1], step), dtype="float32")
    if len(args) == 2 and isinstance(args[0], (int, float)) and isinstance(args[1], (int, float)):
        return ops.convert_to_tensor(np.arange(args[0], args[1], step), dtype=dtype)
    if len(args) == 3 and isinstance(args[0], (int, float)) and isinstance(args[1], (int, float)) and dtype is None:
        return ops.convert_to_tensor(np.arange(args[0], args[1], args[2]), dtype="float32")
    if len(args) == 3 and isinstance(args[0], (int, float)) and isinstance(args[1], (int, float)):
        return ops.convert_to_tensor(np.arange(args[0], args[1], args[2]), dtype=dtype)


@translation("torch.linspace")
def linspace(start, end, steps, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if out is None and (dtype is None or str(dtype) not in INTEGRAL) and not is_tensor(start) and not is_tensor(end):
        return ops.linspace(start, end, steps, dtype=dtype)


@adapter("torch.logspace")
def powers(start, end, steps, base=10.0, *, device=None):
    """Evenly spaced powers of a base."""
    return ops.convert_to_tensor(np.logspace(start, end, steps, base=base), dtype="float32")


@translation("torch.logspace")
def logspace(start, end, steps, base=10.0, *, out=None, dtype=None, layout=None, device=None, requires_grad=False):
    if out is None and dtype is None:
        return powers(start, end, steps, base=base)


@translation("torch.eye")
def eye(n, m=None, *, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if out is None and m is None:
        return ops.eye(n, dtype=dtype)
    if out is None:
        return ops.eye(n, m, dtype=dtype)


@adapter("torch.tril_indices")
def tril_indices(row, col, offset=0):
    """Rows and columns of the lower triangle of a matrix."""
    return ops.convert_to_tensor(np.stack(np.tril_indices(row, offset, col)), dtype="int64")


@translation("torch.tril_indices")
def _tril_indices(row, col, offset=0, *, dtype="int64", device=None, layout=None):
    if str(dtype).replace("torch.", "") == "int64":
        return tril_indices(row, col, offset)


@adapter("torch.triu_indices")
def triu_indices(row, col, offset=0):
    """Rows and columns of the upper triangle of a matrix."""
    return ops.convert_to_tensor(np.stack(np.triu_indices(row, offset, col)), dtype="int64")


@translation("torch.triu_indices")
def _triu_indices(row, col, offset=0, *, dtype="int64", device=None, layout=None):
    if str(dtype).replace("torch.", "") == "int64":
        return triu_indices(row, col, offset)


@adapter("torch.hann_window")
def hann_window(window_length, periodic=True):
    """The window as a float32 vector; periodic: as the first part of a symmetric one that is longer by one."""
    angle = 2 * np.pi * np.arange(window_length) / max(window_length if periodic else window_length - 1, 1)
    return ops.convert_to_tensor(0.5 - 0.5 * np.cos(angle) if window_length > 1 else np.ones(window_length), dtype="float32")


@translation("torch.hann_window")
def _hann_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if dtype is None:
        return hann_window(window_length, periodic)


@adapter("torch.hamming_window")
def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46):
    """The window as a float32 vector; periodic: as the first part of a symmetric one that is longer by one."""
    angle = 2 * np.pi * np.arange(window_length) / max(window_length if periodic else window_length - 1, 1)
    return ops.convert_to_tensor(alpha - beta * np.cos(angle) if window_length > 1 else np.ones(window_length), dtype="float32")


@translation("torch.hamming_window")
def _hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if dtype is None:
        return hamming_window(window_length, periodic, alpha, beta)


@adapter("torch.blackman_window")
def blackman_window(window_length, periodic=True):
    """The window as a float32 vector; periodic: as the first part of a symmetric one that is longer by one."""
    angle = 2 * np.pi * np.arange(window_length) / max(window_length if periodic else window_length - 1, 1)
    return ops.convert_to_tensor(0.42 - 0.5 * np.cos(angle) + 0.08 * np.cos(2 * angle) if window_length > 1 else np.ones(window_length), dtype="float32")


@translation("torch.blackman_window")
def _blackman_window(window_length, periodic=True, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if dtype is None:
        return blackman_window(window_length, periodic)


# ---------------------------------------------------------------- from data


@adapter("torch.tensor")
def tensor_of(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    """Numbers, lists of numbers and lists of tensors as a tensor; floating point numbers as float32, whole ones as int64."""
    if dtype is not None:
        return ops.cast(tensor_of(data), dtype)
    if isinstance(data, (list, tuple)) and any(ops.is_tensor(x) for x in data):
        return ops.stack([tensor_of(x) for x in data])
    if ops.is_tensor(data):
        return data
    array = np.asarray(data)
    return ops.convert_to_tensor(array.astype("float32") if array.dtype == "float64" and not isinstance(data, np.ndarray) else array)


@translation("torch.tensor")
def tensor(data, *, dtype=None, device=None, requires_grad=False, pin_memory=False):
    if dtype is not None and is_tensor(data):
        return ops.cast(data, dtype)
    if dtype is not None:
        return ops.convert_to_tensor(data, dtype=dtype)
    if isinstance(data, bool):
        return ops.convert_to_tensor(data, dtype="bool")
    if isinstance(data, int):
        return ops.convert_to_tensor(data, dtype="int64")
    if isinstance(data, float):
        return ops.convert_to_tensor(data, dtype="float32")
    if isinstance(data, (list, tuple)) and len(data) > 0 and all(isinstance(x, int) and not isinstance(x, bool) for x in data):
        return ops.convert_to_tensor(data, dtype="int64")
    if isinstance(data, (list, tuple)) and len(data) > 0 and all(isinstance(x, float) for x in data):
        return ops.convert_to_tensor(data, dtype="float32")
    return tensor_of(data)


@translation("torch.as_tensor")
def as_tensor(data, dtype=None, device=None):
    if dtype is not None and is_tensor(data):
        return ops.cast(data, dtype)
    if dtype is not None:
        return ops.convert_to_tensor(data, dtype=dtype)
    return tensor_of(data)


@translation("torch.asarray")
def asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False):
    if dtype is None:
        return tensor_of(obj)


@translation("torch.from_numpy")
def from_numpy(ndarray):
    return ops.convert_to_tensor(ndarray)


@translation("torch.scalar_tensor")
def scalar_tensor(s, *, dtype=None, layout=None, device=None, pin_memory=False):
    if dtype is None:
        return ops.convert_to_tensor(s, dtype="float32")
    return ops.convert_to_tensor(s, dtype=dtype)


@translation("torch.Tensor.new_tensor")
def new_tensor(self, data, *, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    if dtype is None and not is_tensor(data):
        return ops.convert_to_tensor(data, dtype=ops.dtype(self))
    if dtype is not None and not is_tensor(data):
        return ops.convert_to_tensor(data, dtype=dtype)
    if dtype is None:
        return ops.cast(ops.stop_gradient(data), ops.dtype(self))
    return ops.cast(ops.stop_gradient(data), dtype)


@translation("torch.Tensor")
def Tensor(*args, device=None):
    if len(args) == 0:
        return ops.zeros((0,))
    if len(args) == 1 and isinstance(args[0], (list, tuple, np.ndarray)):
        return ops.convert_to_tensor(args[0], dtype="float32")
    if len(args) == 1 and is_tensor(args[0]):
        return args[0]
    if len(args) == 1 and not isinstance(args[0], int):
        return ops.convert_to_tensor(args[0], dtype="float32")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args)


@translation("torch.FloatTensor")
def FloatTensor(*args, device=None):
    if len(args) == 1 and isinstance(args[0], (list, tuple, np.ndarray)):
        return ops.convert_to_tensor(args[0], dtype="float32")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "float32")
    if len(args) == 0:
        return ops.zeros((0,), dtype="float32")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="float32")


@translation("torch.DoubleTensor")
def DoubleTensor(*args, device=None):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="float64")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "float64")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="float64")


@translation("torch.HalfTensor")
def HalfTensor(*args, device=None):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="float16")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "float16")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="float16")


@translation("torch.LongTensor")
def LongTensor(*args, device=None):
    if len(args) == 0:
        return ops.zeros((0,), dtype="int64")
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="int64")
    if len(args) == 1 and isinstance(args[0], range):
        return ops.convert_to_tensor(list(args[0]), dtype="int64")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "int64")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="int64")


@translation("torch.IntTensor")
def IntTensor(*args, device=None):
    if len(args) == 0:
        return ops.zeros((0,), dtype="int32")
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="int32")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "int32")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="int32")


@translation("torch.BoolTensor")
def BoolTensor(*args, device=None):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="bool")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "bool")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="bool")


@translation("torch.ByteTensor")
def ByteTensor(*args, device=None):
    if len(args) == 1 and isinstance(args[0], (list, tuple)):
        return ops.convert_to_tensor(args[0], dtype="uint8")
    if len(args) == 1 and is_tensor(args[0]):
        return ops.cast(args[0], "uint8")
    if len(args) > 0 and all(isinstance(x, int) for x in args):
        return ops.zeros(args, dtype="uint8")


# ---------------------------------------------------------------- random numbers


@adapter("helper.complex_uniform")
def complex_uniform(*shape):
    """Random numbers with both parts evenly distributed from 0 to 1."""
    return ops.view_as_complex(keras.random.uniform((*shape, 2)))


@adapter("helper.complex_normal")
def complex_normal(*shape):
    """Normally distributed random numbers of variance one, half of it in each part."""
    return ops.view_as_complex(keras.random.normal((*shape, 2), stddev=0.5**0.5))


@translation("torch.rand")
def rand(*args, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    if out is not None or generator is not None:
        return
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64" and size is not None:
        return complex_uniform(*size)
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64" and len(args) == 1 and isinstance(args[0], (tuple, list)):
        return complex_uniform(*args[0])
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64":
        return complex_uniform(*args)
    if dtype is not None and str(dtype).replace("torch.", "") == "complex128":
        return
    if size is not None:
        return keras.random.uniform(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return keras.random.uniform(args[0], dtype=dtype)
    return keras.random.uniform(args, dtype=dtype)


@translation("torch.randn")
def randn(*args, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False, names=None):
    if out is not None or generator is not None:
        return
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64" and size is not None:
        return complex_normal(*size)
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64" and len(args) == 1 and isinstance(args[0], (tuple, list)):
        return complex_normal(*args[0])
    if dtype is not None and str(dtype).replace("torch.", "") == "complex64":
        return complex_normal(*args)
    if dtype is not None and str(dtype).replace("torch.", "") == "complex128":
        return
    if size is not None:
        return keras.random.normal(size, dtype=dtype)
    if len(args) == 1 and isinstance(args[0], (tuple, list)):
        return keras.random.normal(args[0], dtype=dtype)
    return keras.random.normal(args, dtype=dtype)


@translation("torch.randint")
def randint(*args, low=0, high=None, size=None, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if generator is not None or out is not None or dtype is not None:
        return
    if len(args) == 3:
        return keras.random.randint(args[2], args[0], args[1], dtype="int64")
    if len(args) == 2 and size is None and high is None:
        return keras.random.randint(args[1], 0, args[0], dtype="int64")
    if len(args) == 2 and size is not None:
        return keras.random.randint(size, args[0], args[1], dtype="int64")
    if len(args) == 1 and size is not None and high is None:
        return keras.random.randint(size, 0, args[0], dtype="int64")
    if len(args) == 0 and size is not None and high is not None:
        return keras.random.randint(size, low, high, dtype="int64")


@translation("torch.randperm")
def randperm(n, *, generator=None, out=None, dtype="int64", layout=None, device=None, requires_grad=False, pin_memory=False):
    if generator is None and out is None:
        return keras.random.shuffle(ops.arange(n, dtype=dtype))


@adapter("helper.uniform_like")
def uniform_like(input, low=0.0, high=1.0, dtype=None):
    """Evenly distributed random numbers in the shape of input."""
    return keras.random.uniform(ops.shape(input), low, high, dtype=ops.dtype(input) if dtype is None else dtype)


@adapter("helper.normal_like")
def normal_like(input, mean=0.0, std=1.0, dtype=None):
    """Normally distributed random numbers in the shape of input."""
    return keras.random.normal(ops.shape(input), mean, std, dtype=ops.dtype(input) if dtype is None else dtype)


@translation("torch.rand_like")
def rand_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
    if generator is None:
        return uniform_like(input, dtype=dtype)


@translation("torch.randn_like")
def randn_like(input, *, dtype=None, layout=None, device=None, requires_grad=False, memory_format=None, generator=None):
    if generator is None:
        return normal_like(input, dtype=dtype)


@translation("torch.normal")
def normal(mean, std=1.0, size=None, *, generator=None, out=None, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    if size is not None and generator is None and out is None:
        return keras.random.normal(size, mean, std, dtype=dtype)


@adapter("torch.bernoulli")
def bernoulli(input):
    """Ones with the given probabilities, else zeros."""
    return ops.cast(keras.random.uniform(ops.shape(input)) < input, ops.dtype(input))


@translation("torch.bernoulli")
def _bernoulli(input, p=None, *, generator=None, out=None):
    if p is None and generator is None and out is None:
        return bernoulli(input)


@adapter("helper.bernoulli_like")
def bernoulli_like(input, p=0.5):
    """Ones with probability p, else zeros, in the shape of input."""
    return keras.random.binomial(ops.shape(input), 1, p, dtype=ops.dtype(input))


@translation("torch.Tensor.bernoulli_")
def bernoulli_(self, p=0.5, *, generator=None):
    if generator is None and not is_tensor(p):
        return bernoulli_like(self, p)


@translation("torch.Tensor.normal_")
def normal_(self, mean=0, std=1, *, generator=None):
    if generator is None:
        return normal_like(self, mean, std)


@translation("torch.Tensor.uniform_")
def uniform_(self, from_=0, to=1, *, generator=None):
    if generator is None:
        return uniform_like(self, from_, to)
