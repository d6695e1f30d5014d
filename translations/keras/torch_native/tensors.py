"""Functions of tensors that one call of PyTorch is, and that the tables beside this one write as adapters."""

import math

import torch
import torch.nn.functional as F


@translation("keras.ops.concatenate")
def concatenate(xs, axis=0):
    return torch.cat(xs, dim=axis)


@translation("keras.ops.concatenate", layout="channels_first")
def concatenate_images(xs, axis=0):
    return torch.cat(xs, dim=moved(axis, xs))


@translation("tensorflow.concat")
def tf_concat(values, axis, name="concat"):
    return torch.cat(values, dim=axis)


@translation("tensorflow.concat", layout="channels_first")
def tf_concat_images(values, axis, name="concat"):
    return torch.cat(values, dim=moved(axis, values))


@translation("tensorflow.matmul")
def tf_matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None,
              grad_a=False, grad_b=False, name=None):
    if is_tensor(a) and is_tensor(b) and not transpose_a and not adjoint_a and not adjoint_b:
        return torch.matmul(a, b.transpose(-1, -2)) if transpose_b else torch.matmul(a, b)


@translation("tensorflow.sqrt")
def tf_sqrt(x, name=None):
    return torch.sqrt(x) if is_tensor(x) else math.sqrt(x)


@translation("keras.ops.sqrt")
def sqrt(x):
    return torch.sqrt(x) if is_tensor(x) else math.sqrt(x)


@translation("keras.ops.arange")
def arange(start, stop=None, step=None, dtype=None):
    if stop is None and step is None and dtype is None:
        return torch.arange(start)
    if step is None and dtype is None:
        return torch.arange(start, stop)


@translation("keras.random.normal")
def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    if dtype is None and mean == 0.0:
        return torch.randn(shape) if stddev == 1.0 else torch.randn(shape) * stddev


@translation("keras.random.uniform")
def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    if dtype is None and minval == 0.0 and maxval == 1.0:
        return torch.rand(shape)


@translation("tensorflow.random.normal")
def tf_random_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    if dtype == "float32" and mean == 0.0:
        return torch.randn(shape) if stddev == 1.0 else torch.randn(shape) * stddev


@translation("tensorflow.random.uniform")
def tf_random_uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    if dtype == "float32" and minval == 0 and (maxval is None or maxval == 1):
        return torch.rand(shape)


@translation("keras.ops.transpose")
def transpose(x, axes=None):
    if axes is not None and is_tensor(x):
        return torch.permute(x, axes)
    if is_tensor(x) and rank(x) == 2:
        return x.T


@translation("keras.ops.cast")
def cast(x, dtype):
    if is_tensor(x) and dtype == "float32":
        return x.float()
    if is_tensor(x) and dtype == "int32":
        return x.int()


@translation("tensorflow.cast")
def tf_cast(x, dtype, name=None):
    if not is_tensor(x):
        return torch.tensor(float(x))


@translation("keras.ops.mean")
def mean(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None:
        return torch.mean(x, dim=axis, keepdim=keepdims)


@translation("keras.ops.mean", layout="channels_first")
def mean_of_images(x, axis=None, keepdims=False):
    if axis is not None and keepdims:
        return torch.mean(x, dim=moved(axis, x), keepdim=True)
    if rank(x) == 4 and axis in ([1, 2], (1, 2)):
        return plain_result(torch.mean(x, dim=(2, 3)))


@translation("keras.ops.split")
def split(x, indices_or_sections, axis=0):
    if is_tensor(x) and isinstance(indices_or_sections, int):
        return torch.tensor_split(x, indices_or_sections, dim=axis)


@translation("netwright.array_operand")
def array_operand(x):
    return torch.as_tensor(x)
