"""TensorFlow's tensors and element types."""

import torch


@value("tensorflow.Tensor")
def tensor_class():
    return torch.Tensor


@value("tensorflow.float16")
def type_float16():
    return torch.float16


@value("tensorflow.bfloat16")
def type_bfloat16():
    return torch.bfloat16


@value("tensorflow.float32")
def type_float32():
    return torch.float32


@value("tensorflow.float64")
def type_float64():
    return torch.float64


@value("tensorflow.complex64")
def type_complex64():
    return torch.complex64


@value("tensorflow.complex128")
def type_complex128():
    return torch.complex128


@value("tensorflow.int8")
def type_int8():
    return torch.int8


@value("tensorflow.int16")
def type_int16():
    return torch.int16


@value("tensorflow.int32")
def type_int32():
    return torch.int32


@value("tensorflow.int64")
def type_int64():
    return torch.int64


@value("tensorflow.uint8")
def type_uint8():
    return torch.uint8


@value("tensorflow.bool")
def type_bool():
    return torch.bool


@value("tensorflow.newaxis")
def newaxis():
    return None


@attribute("tensorflow.Tensor.shape")
def tensor_shape(self):
    return self.shape


@attribute("tensorflow.Tensor.device")
def tf_device(self):
    return self.device


@attribute("tensorflow.Tensor.dtype")
def tensor_dtype(self):
    return self.dtype


@attribute("tensorflow.Tensor.ndim")
def tensor_ndim(self):
    return self.ndim


@translation("tensorflow.Tensor.get_shape")
def tensor_get_shape(self):
    return self.shape


@dropped("tensorflow.Tensor.set_shape", note="shape inference")
def tensor_set_shape(self, shape):
    pass


@translation("tensorflow.Tensor.numpy")
def tensor_numpy(self):
    return self.detach().cpu().numpy()


@translation("tensorflow.TensorShape.as_list")
def shape_as_list(self):
    return list(self)


@adapter("tensorflow.TensorShape")
class TensorShape(tuple):
    """A shape; that of None is the shape of no tensor."""

    def __new__(cls, dims=None):
        return super().__new__(cls, ("unknown",) if dims is None else (dims,) if isinstance(dims, int) else tuple(dims))

    @property
    def rank(self):
        return len(self)

    @property
    def ndims(self):
        return len(self)

    def as_list(self):
        return list(self)
