"""keras.ops that make tensors."""

import torch


@adapter("netwright.shape_tuple")
def shape_tuple(shape):
    return (shape,) if isinstance(shape, int) else tuple([int(size) for size in shape])


@adapter("keras.ops.zeros")
def zeros(shape, dtype=None):
    return torch.zeros(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.ops.ones")
def ones(shape, dtype=None):
    return torch.ones(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.ops.full")
def full(shape, fill_value, dtype=None):
    return torch.full(shape_tuple(shape), fill_value, dtype=torch_dtype(dtype))


@translation("keras.ops.zeros_like")
def native_ops_zeros_like(x, dtype=None):
    if is_tensor(x) and dtype is None:
        return torch.zeros_like(x)


@adapter("keras.ops.zeros_like")
def zeros_like(x, dtype=None):
    if is_symbolic(x):
        return record(zeros_like, x, dtype)
    return torch.zeros_like(x, dtype=None if dtype is None else torch_dtype(dtype))


@translation("keras.ops.ones_like")
def native_ops_ones_like(x, dtype=None):
    if is_tensor(x) and dtype is None:
        return torch.ones_like(x)


@adapter("keras.ops.ones_like")
def ones_like(x, dtype=None):
    if is_symbolic(x):
        return record(ones_like, x, dtype)
    return torch.ones_like(x, dtype=None if dtype is None else torch_dtype(dtype))


@adapter("keras.ops.full_like")
def full_like(x, fill_value, dtype=None):
    if is_symbolic(x):
        return record(full_like, x, fill_value, dtype)
    return torch.full_like(x, fill_value, dtype=None if dtype is None else torch_dtype(dtype))


@adapter("keras.ops.arange")
def arange(start, stop=None, step=None, dtype=None):
    if dtype is None:
        dtype = torch.float32 if any(isinstance(one, float) for one in (start, stop, step)) else torch.int32
    start, stop = (0, start) if stop is None else (start, stop)
    return torch.arange(start, stop, 1 if step is None else step, dtype=torch_dtype(dtype))


@adapter("keras.ops.logspace")
def logspace(start, stop, num=50, endpoint=True, base=10, dtype=None, axis=0):
    return torch.pow(base, linspace(start, stop, num, endpoint, False, dtype, axis))


@adapter("keras.ops.linspace")
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    dtype = torch_dtype(dtype)
    if not endpoint or isinstance(start, torch.Tensor) or isinstance(stop, torch.Tensor) or axis not in (0, -1):
        start, stop = torch.broadcast_tensors(tensor_of(start), tensor_of(stop))
        steps = torch.arange(num, dtype=dtype) / max(num - 1 if endpoint else num, 1)
        values = torch.stack([start + (stop - start) * step for step in steps], axis).to(dtype)
    else:
        values = torch.linspace(start, stop, num, dtype=dtype)
    return (values, (stop - start) / (num - 1 if endpoint else num)) if retstep else values


@adapter("keras.ops.eye")
def eye(N, M=None, k=0, dtype=None):
    if k != 0:
        return (torch.arange(N)[:, None] + k == torch.arange(N if M is None else M)).to(torch_dtype(dtype))
    return torch.eye(N, N if M is None else M, dtype=torch_dtype(dtype))


@adapter("keras.ops.identity")
def identity_matrix(n, dtype=None):
    return torch.eye(n, dtype=torch_dtype(dtype))


@adapter("keras.ops.tri")
def tri(N, M=None, k=0, dtype=None):
    return torch.tril(torch.ones(N, N if M is None else M, dtype=torch_dtype(dtype)), k)


@adapter("keras.ops.one_hot")
def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    if is_symbolic(x):
        return record(one_hot, x, num_classes, axis, dtype, sparse)
    if sparse:
        raise NotImplementedError("Sparse tensors.")
    classes = torch.arange(num_classes, device=x.device)
    return torch.movedim((x[..., None] == classes).to(torch_dtype(dtype)), -1, axis)


@adapter("keras.src.conversion.is_tensor")
@adapter("keras.ops.is_tensor")
def is_torch_tensor(x):
    return isinstance(x, torch.Tensor)


@adapter("keras.ops.convert_to_numpy")
def convert_to_numpy(x):
    return x.detach().cpu().numpy()


@adapter("keras.ops.empty")
def empty(shape, dtype=None):
    return torch.zeros(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.ops.fft2")
def fft2(x):
    """The transform of real and imaginary parts, in such parts."""
    if is_symbolic(x):
        return record(fft2, x)
    found = torch.fft.fft2(torch.complex(x[0], x[1]))
    return found.real, found.imag
