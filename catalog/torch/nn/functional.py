"""torch.nn.functional: operators without state."""
from __future__ import annotations

import math

from _nw import DType, broadcast, check, is_tensor, normal_dim, op, overwrite, pair, prod, promote, tensor, unknown

_LONG = DType("int64")


def _like(input):
    return tensor(input.shape, like=input)


def _activate(input, inplace):
    """What an elementwise function that keeps the shape returns; the argument itself when it works in place."""
    return overwrite(input) if inplace else tensor(input.shape, like=input)


def _need_floating(input, name):
    check(input.dtype.is_floating_point or input.dtype.is_complex,
          "\"" + name + "\" not implemented for an integer dtype", NotImplementedError)


def _to_floating(input):
    """The dtype of functions that turn integers into floating point numbers."""
    return input.dtype if input.dtype.is_floating_point or input.dtype.is_complex else DType("float32")


# ---------------------------------------------------------------- convolution

def _conv(input, weight, bias, stride, padding, dilation, groups, n):
    kernel = weight.shape
    shape = input.shape
    check(len(kernel) == n + 2, "a convolution's weight must have " + str(n + 2) + " dimensions")
    check(len(shape) == n + 2 or len(shape) == n + 1,
          "Expected " + str(n + 1) + "D (unbatched) or " + str(n + 2) + "D (batched) input to conv" + str(n) + "d")
    check(shape[-n - 1] == kernel[1] * groups, "the weight expects another number of input channels")
    check(kernel[0] % groups == 0, "the weight's output channels are not divisible by groups")
    check(bias is None or len(bias.shape) == 1 and bias.shape[0] == kernel[0],
          "the bias must be 1-dimensional with one element for each output channel")
    check(input.dtype is weight.dtype, "Input type and weight type should be the same")
    stride = pair(stride, n)
    dilation = pair(dilation, n)
    out = list(shape[:-n])
    out[-1] = kernel[0]
    if isinstance(padding, str):
        check(padding == "same" or padding == "valid", "Invalid padding string: '" + padding + "'")
        check(padding == "valid" or stride == (1,) * n, "padding='same' is not supported for strided convolutions")
        padding = None if padding == "same" else (0,) * n
    else:
        padding = pair(padding, n)
    for i in range(n):
        size = shape[i - n]
        if padding is not None:
            span = dilation[i] * (kernel[i - n] - 1) + 1
            check(stride[i] > 0 and dilation[i] > 0, "non-positive stride or dilation is not supported")
            check(padding[i] >= 0, "negative padding is not supported")
            check(size + 2 * padding[i] >= span, "Kernel size can't be greater than actual input size")
            size = (size + 2 * padding[i] - span) // stride[i] + 1
        out.append(size)
    return tensor(out, like=input)


@op(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
          " dilation=dilation, groups=groups)")
def conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Tensor:
    return _conv(input, weight, bias, stride, padding, dilation, groups, 1)


@op(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
          " dilation=dilation, groups=groups)")
def conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Tensor:
    return _conv(input, weight, bias, stride, padding, dilation, groups, 2)


@op(pivot="convolution(input[n, c, ...], kernel=weight[o, i, ...], bias=bias[o], stride=stride, padding=padding,"
          " dilation=dilation, groups=groups)")
def conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1) -> Tensor:
    return _conv(input, weight, bias, stride, padding, dilation, groups, 3)


def _conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation, n):
    kernel = weight.shape
    shape = input.shape
    check(len(kernel) == n + 2, "a convolution's weight must have " + str(n + 2) + " dimensions")
    check(len(shape) == n + 2 or len(shape) == n + 1,
          "Expected " + str(n + 1) + "D (unbatched) or " + str(n + 2) + "D (batched) input to conv_transpose")
    check(shape[-n - 1] == kernel[0], "the weight expects another number of input channels")
    check(input.dtype is weight.dtype, "Input type and weight type should be the same")
    channels = kernel[1] * groups
    check(bias is None or len(bias.shape) == 1 and bias.shape[0] == channels,
          "the bias must be 1-dimensional with one element for each output channel")
    stride = pair(stride, n)
    padding = pair(padding, n)
    output_padding = pair(output_padding, n)
    dilation = pair(dilation, n)
    out = list(shape[:-n])
    out[-1] = channels
    for i in range(n):
        check(stride[i] > 0 and dilation[i] > 0, "non-positive stride or dilation is not supported")
        check(padding[i] >= 0, "negative padding is not supported")
        check(output_padding[i] < stride[i] or output_padding[i] < dilation[i],
              "output padding must be smaller than either stride or dilation")
        span = dilation[i] * (kernel[i - n] - 1)
        size = (shape[i - n] - 1) * stride[i] - 2 * padding[i] + span + output_padding[i] + 1
        check(size > 0, "the calculated output size is too small")
        out.append(size)
    return tensor(out, like=input)


@op(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
          " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)")
def conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Tensor:
    return _conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation, 1)


@op(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
          " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)")
def conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Tensor:
    return _conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation, 2)


@op(pivot="convolution_transpose(input[n, c, ...], kernel=weight[i, o, ...], bias=bias[o], stride=stride,"
          " padding=padding, output_padding=output_padding, dilation=dilation, groups=groups)")
def conv_transpose3d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1) -> Tensor:
    return _conv_transpose(input, weight, bias, stride, padding, output_padding, groups, dilation, 3)


@op
def conv_tbc(input, weight, bias, pad=0) -> Tensor:
    check(len(input.shape) == 3 and len(weight.shape) == 3 and len(bias.shape) == 1, "conv_tbc: wrong dimensions")
    check(input.shape[2] == weight.shape[1], "conv_tbc: the weight expects another number of input channels")
    return tensor((input.shape[0] + 2 * pad - weight.shape[0] + 1, input.shape[1], weight.shape[2]), like=input)


def _unfold_windows(size, kernel, dilation, padding, stride):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


@op(pivot="unfold_patches(input[n, c, ...], size=kernel_size, stride=stride, padding=padding, dilation=dilation)")
def unfold(input, kernel_size, dilation=1, padding=0, stride=1) -> Tensor:
    shape = input.shape
    check(len(shape) == 4 or len(shape) == 3, "unfold expects a 3-D or 4-D input", IndexError)
    kernel = pair(kernel_size, 2)
    dilation = pair(dilation, 2)
    padding = pair(padding, 2)
    stride = pair(stride, 2)
    high = _unfold_windows(shape[-2], kernel[0], dilation[0], padding[0], stride[0])
    wide = _unfold_windows(shape[-1], kernel[1], dilation[1], padding[1], stride[1])
    check(high > 0 and wide > 0, "the calculated shape of the array of sliding blocks must be at least one")
    return tensor(shape[:-3] + (shape[-3] * kernel[0] * kernel[1], high * wide), like=input)


@op(pivot="fold_patches(input, size=kernel_size, output_size=output_size, stride=stride, padding=padding,"
          " dilation=dilation)")
def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1) -> Tensor:
    shape = input.shape
    check(len(shape) == 3 or len(shape) == 2, "fold expects a 2-D or 3-D input")
    size = pair(output_size, 2)
    kernel = pair(kernel_size, 2)
    dilation = pair(dilation, 2)
    padding = pair(padding, 2)
    stride = pair(stride, 2)
    check(shape[-2] % (kernel[0] * kernel[1]) == 0, "fold: the size at dimension 1 is not divisible by the kernel size")
    high = _unfold_windows(size[0], kernel[0], dilation[0], padding[0], stride[0])
    wide = _unfold_windows(size[1], kernel[1], dilation[1], padding[1], stride[1])
    check(shape[-1] == high * wide, "fold: the size at dimension 2 does not match the number of sliding blocks")
    return tensor(shape[:-2] + (shape[-2] // (kernel[0] * kernel[1]), size[0], size[1]), like=input)


# ---------------------------------------------------------------- pooling

def _pool_size(size, kernel, stride, padding, dilation, ceil_mode):
    check(stride > 0 and kernel > 0 and dilation > 0, "kernel size, stride and dilation should be greater than zero")
    check(padding >= 0, "pad must be non-negative")
    check(padding * 2 <= dilation * (kernel - 1) + 1, "pad should be at most half of effective kernel size")
    room = size + 2 * padding - dilation * (kernel - 1) - 1
    if ceil_mode:
        out = (room + stride - 1) // stride + 1
        if (out - 1) * stride >= size + padding:
            out = out - 1
    else:
        out = room // stride + 1
    check(out >= 1, "the calculated output size of the pool is too small")
    return out


def _pool_shape(input, kernel_size, stride, padding, dilation, ceil_mode, n):
    shape = input.shape
    check(len(shape) == n + 2 or len(shape) == n + 1,
          "Expected " + str(n + 1) + "D or " + str(n + 2) + "D input to the pool")
    kernel = pair(kernel_size, n)
    stride = kernel if stride is None or stride == () or stride == [] else pair(stride, n)
    padding = pair(padding, n)
    dilation = pair(dilation, n)
    out = list(shape[:-n])
    for i in range(n):
        check(shape[i - n] != 0, "a pool needs sizes other than 0")
        out.append(_pool_size(shape[i - n], kernel[i], stride[i], padding[i], dilation[i], ceil_mode))
    return out


def _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, n):
    values = tensor(_pool_shape(input, kernel_size, stride, padding, dilation, ceil_mode, n), like=input)
    if return_indices:
        return values, tensor(values.shape, _LONG, like=input)
    return values


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode) if not return_indices else"
          " (max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode),"
          " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode))")
def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False) -> Any:
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, 1)


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode) if not return_indices else"
          " (max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode),"
          " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode))")
def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False) -> Any:
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, 2)


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode) if not return_indices else"
          " (max_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode),"
          " max_pool_indices(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, dilation=dilation, ceil=ceil_mode))")
def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False) -> Any:
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices, 3)


@op
def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False,
                            return_indices=False) -> (Tensor, Tensor):
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, True, 1)


@op
def max_pool2d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False,
                            return_indices=False) -> (Tensor, Tensor):
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, True, 2)


@op
def max_pool3d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False,
                            return_indices=False) -> (Tensor, Tensor):
    return _max_pool(input, kernel_size, stride, padding, dilation, ceil_mode, True, 3)


def _avg_pool(input, kernel_size, stride, padding, ceil_mode, n):
    return tensor(_pool_shape(input, kernel_size, stride, padding, 1, ceil_mode, n), like=input)


@op(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, ceil=ceil_mode, count_padding=count_include_pad)")
def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True) -> Tensor:
    return _avg_pool(input, kernel_size, stride, padding, ceil_mode, 1)


@op(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, ceil=ceil_mode, count_padding=count_include_pad, divisor=divisor_override)")
def avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True,
               divisor_override=None) -> Tensor:
    check(divisor_override is None or divisor_override != 0, "divisor must be not zero")
    return _avg_pool(input, kernel_size, stride, padding, ceil_mode, 2)


@op(pivot="average_pool(input[n, c, ...], size=kernel_size, stride=stride if stride is not None else kernel_size,"
          " padding=padding, ceil=ceil_mode, count_padding=count_include_pad, divisor=divisor_override)")
def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True,
               divisor_override=None) -> Tensor:
    check(divisor_override is None or divisor_override != 0, "divisor must be not zero")
    return _avg_pool(input, kernel_size, stride, padding, ceil_mode, 3)


@op(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
          " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False) -> Tensor:
    return _avg_pool(input, kernel_size, stride, 0, ceil_mode, 1)


@op(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
          " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False) -> Tensor:
    return _avg_pool(input, kernel_size, stride, 0, ceil_mode, 2)


@op(pivot="lp_pool(input[n, c, ...], order=norm_type, size=kernel_size,"
          " stride=stride if stride is not None else kernel_size, ceil=ceil_mode)")
def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False) -> Tensor:
    return _avg_pool(input, kernel_size, stride, 0, ceil_mode, 3)


def _adaptive_shape(input, output_size, n, whole):
    """`whole`: an axis may be None, which keeps its size."""
    shape = input.shape
    check(len(shape) == n + 2 or len(shape) == n + 1,
          "Expected " + str(n + 1) + "D or " + str(n + 2) + "D input to the adaptive pool")
    check(output_size is not None, "output_size must be an int or a sequence", TypeError)
    check(isinstance(output_size, int) or len(output_size) < len(shape), "Input dimension should be larger", ValueError)
    size = pair(output_size, n)
    out = list(shape[:-n])
    for i in range(n):
        one = size[i]
        if one is None:
            check(whole, "output_size must be an int", TypeError)
            one = shape[i - n]
        check(one >= 0, "elements of output_size must be greater than or equal to 0")
        out.append(one)
    return out


def _adaptive_max(input, output_size, return_indices, n):
    values = tensor(_adaptive_shape(input, output_size, n, n > 1), like=input)
    if return_indices:
        return values, tensor(values.shape, _LONG, like=input)
    return values


@op(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
def adaptive_avg_pool1d(input, output_size) -> Tensor:
    return tensor(_adaptive_shape(input, output_size, 1, False), like=input)


@op(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
def adaptive_avg_pool2d(input, output_size) -> Tensor:
    return tensor(_adaptive_shape(input, output_size, 2, True), like=input)


@op(pivot="adaptive_average_pool(input[n, c, ...], output_size=output_size)")
def adaptive_avg_pool3d(input, output_size) -> Tensor:
    return tensor(_adaptive_shape(input, output_size, 3, True), like=input)


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
def adaptive_max_pool1d(input, output_size, return_indices=False) -> Any:
    return _adaptive_max(input, output_size, return_indices, 1)


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
def adaptive_max_pool2d(input, output_size, return_indices=False) -> Any:
    return _adaptive_max(input, output_size, return_indices, 2)


@op(result="(Tensor, Tensor) if return_indices else Tensor",
    pivot="adaptive_max_pool(input[n, c, ...], output_size=output_size) if not return_indices else None")
def adaptive_max_pool3d(input, output_size, return_indices=False) -> Any:
    return _adaptive_max(input, output_size, return_indices, 3)


@op
def adaptive_max_pool1d_with_indices(input, output_size, return_indices=False) -> (Tensor, Tensor):
    return _adaptive_max(input, output_size, True, 1)


@op
def adaptive_max_pool2d_with_indices(input, output_size, return_indices=False) -> (Tensor, Tensor):
    return _adaptive_max(input, output_size, True, 2)


@op
def adaptive_max_pool3d_with_indices(input, output_size, return_indices=False) -> (Tensor, Tensor):
    return _adaptive_max(input, output_size, True, 3)


def _fractional(input, kernel_size, output_size, output_ratio, return_indices, n):
    shape = input.shape
    check(output_size is not None or output_ratio is not None,
          "fractional_max_pool requires specifying either an output_size or an output_ratio", ValueError)
    check(len(shape) == n + 2 or len(shape) == n + 1, "fractional_max_pool: wrong number of dimensions")
    kernel = pair(kernel_size, n)
    if output_size is None:
        ratio = pair(output_ratio, n)
        size = [int(shape[i - n] * ratio[i]) for i in range(n)]
    else:
        size = pair(output_size, n)
    for i in range(n):
        check(size[i] + kernel[i] - 1 <= shape[i - n], "fractional_max_pool: the pool is too large for the input")
    values = tensor(shape[:-n] + tuple(size), like=input)
    if return_indices:
        return values, tensor(values.shape, _LONG, like=input)
    return values


@op(effects="rng", result="(Tensor, Tensor) if return_indices else Tensor")
def fractional_max_pool2d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                          _random_samples=None) -> Any:
    return _fractional(input, kernel_size, output_size, output_ratio, return_indices, 2)


@op(effects="rng", result="(Tensor, Tensor) if return_indices else Tensor")
def fractional_max_pool3d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                          _random_samples=None) -> Any:
    return _fractional(input, kernel_size, output_size, output_ratio, return_indices, 3)


@op(effects="rng")
def fractional_max_pool2d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                                       _random_samples=None) -> (Tensor, Tensor):
    return _fractional(input, kernel_size, output_size, output_ratio, True, 2)


@op(effects="rng")
def fractional_max_pool3d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                                       _random_samples=None) -> (Tensor, Tensor):
    return _fractional(input, kernel_size, output_size, output_ratio, True, 3)


def _max_unpool(input, indices, kernel_size, stride, padding, output_size, n):
    shape = input.shape
    check(len(shape) == n + 2 or len(shape) == n + 1, "max_unpool: wrong number of dimensions")
    check(shape == indices.shape, "Expected shape of indices to be same as that of the input tensor")
    kernel = pair(kernel_size, n)
    stride = kernel if stride is None else pair(stride, n)
    padding = pair(padding, n)
    sizes = [(shape[i - n] - 1) * stride[i] + kernel[i] - 2 * padding[i] for i in range(n)]
    if output_size is not None:
        asked = tuple(output_size)
        if len(asked) == n + 2:
            asked = asked[2:]
        check(len(asked) == n, "output_size should have another number of elements", ValueError)
        for i in range(n):
            check(sizes[i] - stride[i] < asked[i] and asked[i] < sizes[i] + stride[i], "invalid output_size",
                  ValueError)
        sizes = list(asked)
    return tensor(shape[:-n] + tuple(sizes), like=input)


@op(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
          " output_size=output_size)")
def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None) -> Tensor:
    return _max_unpool(input, indices, kernel_size, stride, padding, output_size, 1)


@op(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
          " output_size=output_size)")
def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None) -> Tensor:
    return _max_unpool(input, indices, kernel_size, stride, padding, output_size, 2)


@op(pivot="max_unpool(input[n, c, ...], indices, size=kernel_size, stride=stride, padding=padding,"
          " output_size=output_size)")
def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None) -> Tensor:
    return _max_unpool(input, indices, kernel_size, stride, padding, output_size, 3)


# ---------------------------------------------------------------- activations

@op(pivot="relu(input)")
def relu(input, inplace=False) -> Tensor:
    return _activate(input, inplace)


@op(effects="in_place", pivot="relu(input)")
def relu_(input) -> Tensor:
    return overwrite(input)


@op(pivot="relu6(input)")
def relu6(input, inplace=False) -> Tensor:
    return _activate(input, inplace)


@op(pivot="threshold(input, threshold=threshold, value=value)")
def threshold(input, threshold, value, inplace=False) -> Tensor:
    return _activate(input, inplace)


@op(effects="in_place", pivot="threshold(input, threshold=threshold, value=value)")
def threshold_(input, threshold, value) -> Tensor:
    return overwrite(input)


@op(pivot="glu(input, axis=dim)")
def glu(input, dim=-1) -> Tensor:
    check(input.ndim > 0, "glu does not support scalars because halving size must be even")
    dim = normal_dim(dim, input.ndim)
    check(input.shape[dim] % 2 == 0, "Halving dimension must be even")
    out = list(input.shape)
    out[dim] = out[dim] // 2
    return tensor(out, like=input)


@op(pivot="hard_tanh(input, low=min_val, high=max_val)")
def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False) -> Tensor:
    check(min_val <= max_val, "min_val cannot be greater than max_val", ValueError)
    return _activate(input, inplace)


@op(effects="in_place", pivot="hard_tanh(input, low=min_val, high=max_val)")
def hardtanh_(input, min_val=-1.0, max_val=1.0) -> Tensor:
    return overwrite(input)


@op(pivot="elu(input, alpha=alpha)")
def elu(input, alpha=1.0, inplace=False) -> Tensor:
    _need_floating(input, "elu")
    return _activate(input, inplace)


@op(effects="in_place", pivot="elu(input, alpha=alpha)")
def elu_(input, alpha=1.0) -> Tensor:
    return overwrite(input)


@op(pivot="selu(input)")
def selu(input, inplace=False) -> Tensor:
    _need_floating(input, "selu")
    return _activate(input, inplace)


@op(effects="in_place", pivot="selu(input)")
def selu_(input) -> Tensor:
    return overwrite(input)


@op(pivot="celu(input, alpha=alpha)")
def celu(input, alpha=1.0, inplace=False) -> Tensor:
    _need_floating(input, "celu")
    return _activate(input, inplace)


@op(effects="in_place", pivot="celu(input, alpha=alpha)")
def celu_(input, alpha=1.0) -> Tensor:
    return overwrite(input)


@op(pivot="leaky_relu(input, slope=negative_slope)")
def leaky_relu(input, negative_slope=0.01, inplace=False) -> Tensor:
    _need_floating(input, "leaky_relu")
    return _activate(input, inplace)


@op(effects="in_place", pivot="leaky_relu(input, slope=negative_slope)")
def leaky_relu_(input, negative_slope=0.01) -> Tensor:
    return overwrite(input)


@op(pivot="prelu(input[n, c, ...], slope=weight[c])")
def prelu(input, weight) -> Tensor:
    count = prod(weight.shape)
    check(count == 1 or input.ndim > 0, "Not allow zero-dim input tensor")
    channels = 1 if input.ndim < 2 else input.shape[1]
    check(count == 1 or count == channels, "Mismatch of parameter numbers and input channel size")
    return _like(input)


@op(effects="rng", pivot="None if training else leaky_relu(input, slope=(lower + upper) / 2)")
def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False) -> Tensor:
    _need_floating(input, "rrelu")
    return _activate(input, inplace)


@op(effects="rng")
def rrelu_(input, lower=1.0 / 8, upper=1.0 / 3, training=False) -> Tensor:
    return overwrite(input)


@op(pivot="log_sigmoid(input)")
def logsigmoid(input) -> Tensor:
    _need_floating(input, "log_sigmoid")
    return _like(input)


@op(pivot="gelu(input, form='tanh') if approximate == 'tanh' else gelu(input, form='erf')")
def gelu(input, *, approximate="none") -> Tensor:
    check(approximate == "none" or approximate == "tanh", "approximate argument must be either none or tanh.")
    _need_floating(input, "gelu")
    return _like(input)


@op(pivot="hard_shrink(input, lambda_=lambd)")
def hardshrink(input, lambd=0.5) -> Tensor:
    _need_floating(input, "hardshrink")
    return _like(input)


@op(pivot="soft_shrink(input, lambda_=lambd)")
def softshrink(input, lambd=0.5) -> Tensor:
    check(lambd >= 0, "lambda must be greater or equal to 0")
    _need_floating(input, "softshrink")
    return _like(input)


@op(pivot="tanhshrink(input)")
def tanhshrink(input) -> Tensor:
    return tensor(input.shape, _to_floating(input), like=input)


@op(pivot="softsign(input)")
def softsign(input) -> Tensor:
    return tensor(input.shape, _to_floating(input), like=input)


@op(pivot="softplus(input, beta=beta, threshold=threshold)")
def softplus(input, beta=1, threshold=20) -> Tensor:
    _need_floating(input, "softplus")
    return _like(input)


@op(pivot="tanh(input)")
def tanh(input) -> Tensor:
    return tensor(input.shape, _to_floating(input), like=input)


@op(pivot="sigmoid(input)")
def sigmoid(input) -> Tensor:
    return tensor(input.shape, _to_floating(input), like=input)


@op(pivot="hard_sigmoid(input)")
def hardsigmoid(input, inplace=False) -> Tensor:
    _need_floating(input, "hardsigmoid")
    return _activate(input, inplace)


@op(pivot="silu(input)")
def silu(input, inplace=False) -> Tensor:
    _need_floating(input, "silu")
    return _activate(input, inplace)


@op(pivot="mish(input)")
def mish(input, inplace=False) -> Tensor:
    _need_floating(input, "mish")
    return _activate(input, inplace)


@op(pivot="hard_silu(input)")
def hardswish(input, inplace=False) -> Tensor:
    _need_floating(input, "hardswish")
    return _activate(input, inplace)


def _get_softmax_dim(name, ndim, stacklevel):
    return 0 if ndim == 0 or ndim == 1 or ndim == 3 else 1


def _softmax(name, input, dim, dtype):
    if dim is None:
        dim = _get_softmax_dim(name, input.ndim, 3)
    normal_dim(dim, input.ndim)
    if dtype is None:
        _need_floating(input, name)
        return _like(input)
    return tensor(input.shape, dtype, like=input)


@op(pivot="softmax(input if dtype is None else cast(input, dtype), axis=dim if dim is not None"
          " else (0 if input.ndim in (0, 1, 3) else 1))")
def softmax(input, dim=None, _stacklevel=3, dtype=None) -> Tensor:
    return _softmax("softmax", input, dim, dtype)


@op(pivot="softmin(input if dtype is None else cast(input, dtype), axis=dim if dim is not None"
          " else (0 if input.ndim in (0, 1, 3) else 1))")
def softmin(input, dim=None, _stacklevel=3, dtype=None) -> Tensor:
    return _softmax("softmin", input, dim, dtype)


@op(pivot="log_softmax(input if dtype is None else cast(input, dtype), axis=dim if dim is not None"
          " else (0 if input.ndim in (0, 1, 3) else 1))")
def log_softmax(input, dim=None, _stacklevel=3, dtype=None) -> Tensor:
    return _softmax("log_softmax", input, dim, dtype)


@op(effects="rng", pivot="gumbel_softmax(logits, temperature=tau, hard=hard, axis=dim)")
def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1) -> Tensor:
    normal_dim(dim, logits.ndim)
    return _like(logits)


# ---------------------------------------------------------------- linear, embedding

@op(pivot="linear(input[..., i], kernel=weight[o, i], bias=bias[o])")
def linear(input, weight, bias=None) -> Tensor:
    kernel = weight.shape
    check(len(kernel) == 2 or len(kernel) == 1, "linear: the weight must have 1 or 2 dimensions")
    check(input.ndim > 0, "both arguments to linear need to be at least 1D")
    check(input.shape[-1] == kernel[-1], "mat1 and mat2 shapes cannot be multiplied")
    check(input.dtype is weight.dtype, "mat1 and mat2 must have the same dtype")
    out = input.shape[:-1] + kernel[:-1]
    check(bias is None or broadcast(out, bias.shape) == tuple(out), "linear: the bias does not fit the output")
    return tensor(out, like=input)


@op(pivot="bilinear(input1[..., i], input2[..., j], kernel=weight[o, i, j], bias=bias[o])")
def bilinear(input1, input2, weight, bias=None) -> Tensor:
    check(input1.ndim == input2.ndim, "bilinear(): input dimensions do not match")
    check(input1.shape[:-1] == input2.shape[:-1], "bilinear(): input batch dimensions do not match")
    check(input1.shape[-1] == weight.shape[1] and input2.shape[-1] == weight.shape[2],
          "bilinear(): input sizes do not match the weight")
    check(bias is None or bias.shape[0] == weight.shape[0], "bilinear(): bias size does not match weight size")
    return tensor(input1.shape[:-1] + (weight.shape[0],), like=input1)


@op(pivot="embedding(input, table=weight[v, d], padding_index=padding_idx) if max_norm is None else None")
def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False,
              sparse=False) -> Tensor:
    check(input.dtype is _LONG or input.dtype is DType("int32"),
          "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int")
    check(len(weight.shape) == 2, "'weight' must be 2-D")
    if padding_idx is not None:
        check(-weight.shape[0] <= padding_idx and padding_idx < weight.shape[0],
              "Padding_idx must be within num_embeddings", AssertionError)
    return tensor(input.shape + (weight.shape[1],), like=weight)


@op(pivot="embedding_bag(input, table=weight[v, d], offsets=offsets, mode=mode)")
def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean",
                  sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None) -> Tensor:
    check(per_sample_weights is None or input.shape == per_sample_weights.shape,
          "embedding_bag: per_sample_weights must have the same shape as the input", ValueError)
    check(weight.ndim == 2, "weight has to be a 2D Tensor", ValueError)
    check(mode in ("sum", "mean", "max"), "mode has to be one of sum, mean or max", ValueError)
    if input.ndim == 2:
        check(offsets is None, "if input is 2D, then offsets has to be None", ValueError)
        bags = input.shape[0]
    else:
        check(input.ndim == 1, "input has to be 1D or 2D Tensor", ValueError)
        check(offsets is not None and offsets.ndim == 1, "offsets has to be a 1D Tensor", ValueError)
        bags = offsets.shape[0] - 1 if include_last_offset else offsets.shape[0]
    check(per_sample_weights is None or mode == "sum",
          "embedding_bag: per_sample_weights is only supported for mode='sum'", NotImplementedError)
    return tensor((bags, weight.shape[1]), like=weight)


@op(pivot="one_hot(tensor, classes=num_classes) if num_classes >= 0 else None")
def one_hot(tensor, num_classes=-1) -> Tensor:
    check(tensor.dtype is _LONG, "one_hot is only applicable to index tensor of type LongTensor.")
    if num_classes == -1:
        num_classes = unknown("the number of classes that one_hot finds in its argument")
    return _one_hot(tensor.shape + (num_classes,), tensor)


def _one_hot(shape, like):
    return tensor(shape, _LONG, like=like)


# ---------------------------------------------------------------- normalisation

def _check_dtypes(input, *vectors):
    """Normalisation takes parameters of the input's dtype, or float32 ones beside a short input."""
    for vector in vectors:
        check(vector is None or vector.dtype is input.dtype
              or vector.dtype is DType("float32") and input.dtype.itemsize == 2, "mixed dtype: expect parameters to have"
              " the input's dtype or float32")


def _check_channels(channels, *vectors):
    for vector in vectors:
        check(vector is None or prod(vector.shape) == channels,
              "running statistics, weight and bias should contain one element for each channel")


@op(effects="buffer",
    pivot="batch_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
          " variance=running_var[c], epsilon=eps, momentum=momentum, training=training, running='unbiased')")
def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1,
               eps=1e-05) -> Tensor:
    shape = input.shape
    check(len(shape) >= 2, "batch_norm expects at least two dimensions", IndexError)
    _check_channels(shape[1], running_mean, running_var, weight, bias)
    if training:
        check(eps > 0, "batch_norm eps must be positive during training", ValueError)
        check(shape[0] * prod(shape[2:]) != 1, "Expected more than 1 value per channel when training", ValueError)
    else:
        check(eps >= 0, "batch_norm eps must be non-negative", ValueError)
        check(running_mean is not None and running_var is not None,
              "running_mean and running_var must be given in evaluation mode")
    _check_dtypes(input, running_mean, running_var, weight, bias)
    return tensor(shape, like=input)


@op(effects="buffer",
    pivot="instance_norm(input[n, c, ...], scale=weight[c], offset=bias[c], mean=running_mean[c],"
          " variance=running_var[c], epsilon=eps, momentum=momentum, training=use_input_stats)")
def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True,
                  momentum=0.1, eps=1e-05) -> Tensor:
    shape = input.shape
    if use_input_stats:
        check(prod(shape[2:]) != 1, "Expected more than 1 spatial element when training", ValueError)
    else:
        check(running_mean is not None and running_var is not None,
              "Expected running_mean and running_var to be defined when use_input_stats is false")
    _check_channels(shape[1], running_mean, running_var, weight, bias)
    return tensor(shape, like=input)


def _check_normalized(input, normalized_shape, weight, bias):
    own = tuple(normalized_shape)
    _check_dtypes(input, weight, bias)
    check(len(own) > 0, "Expected normalized_shape to be at least 1-dimensional")
    check(weight is None or tuple(weight.shape) == own, "Expected weight to be of same shape as normalized_shape")
    check(bias is None or tuple(bias.shape) == own, "Expected bias to be of same shape as normalized_shape")
    check(input.ndim >= len(own) and tuple(input.shape[input.ndim - len(own):]) == own,
          "Given normalized_shape, expected input with that shape in its last dimensions")


@op(pivot="layer_norm(input, axes=last(len(normalized_shape)), scale=weight, offset=bias, epsilon=eps)")
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05) -> Tensor:
    _check_normalized(input, normalized_shape, weight, bias)
    return _like(input)


@op(pivot="rms_norm(input, axes=last(len(normalized_shape)), scale=weight, epsilon=eps)")
def rms_norm(input, normalized_shape, weight=None, eps=None) -> Tensor:
    _check_normalized(input, normalized_shape, weight, None)
    return _like(input)


@op(pivot="group_norm(input[n, c, ...], groups=num_groups, scale=weight[c], offset=bias[c], epsilon=eps)")
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05) -> Tensor:
    shape = input.shape
    check(len(shape) >= 2, "Expected at least 2 dimensions for input tensor")
    check(shape[0] * shape[1] // num_groups * prod(shape[2:]) != 1,
          "Expected more than 1 value per channel when training", ValueError)
    check(shape[1] % num_groups == 0, "Expected number of channels in input to be divisible by num_groups")
    _check_channels(shape[1], weight, bias)
    return tensor(shape, like=input)


@op(pivot="local_response_norm(input[n, c, ...], size=size, alpha=alpha, beta=beta, k=k)")
def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0) -> Tensor:
    check(input.ndim >= 3, "Expected 3D or higher dimensionality input", ValueError)
    return _like(input)


@op(pivot="l2_normalize(input, axis=dim, order=p, epsilon=eps)")
def normalize(input, p=2.0, dim=1, eps=1e-12, out=None) -> Tensor:
    for one in pair(dim, 1) if not isinstance(dim, (tuple, list)) else dim:
        normal_dim(one, input.ndim)
    return _like(input)


# ---------------------------------------------------------------- dropout

def _dropout(input, p, inplace):
    check(p >= 0.0 and p <= 1.0, "dropout probability has to be between 0 and 1", ValueError)
    return overwrite(input) if inplace else tensor(input.shape, like=input)


@op(effects="rng", pivot="dropout(input, rate=p, training=training)")
def dropout(input, p=0.5, training=True, inplace=False) -> Tensor:
    return _dropout(input, p, inplace)


@op(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
def dropout1d(input, p=0.5, training=True, inplace=False) -> Tensor:
    check(input.ndim == 2 or input.ndim == 3, "dropout1d: Expected 2D or 3D input")
    return _dropout(input, p, inplace)


@op(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
def dropout2d(input, p=0.5, training=True, inplace=False) -> Tensor:
    return _dropout(input, p, inplace)


@op(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
def dropout3d(input, p=0.5, training=True, inplace=False) -> Tensor:
    return _dropout(input, p, inplace)


@op(effects="rng", pivot="alpha_dropout(input, rate=p, training=training)")
def alpha_dropout(input, p=0.5, training=False, inplace=False) -> Tensor:
    return _dropout(input, p, inplace)


@op(effects="rng", pivot="feature_alpha_dropout(input[n, c, ...], rate=p, training=training)")
def feature_alpha_dropout(input, p=0.5, training=False, inplace=False) -> Tensor:
    return _dropout(input, p, inplace)


# ---------------------------------------------------------------- padding, resizing, shuffling

@op(pivot="pad(input, widths=from_last(pad), mode=mode, value=value if value is not None else 0)")
def pad(input, pad, mode="constant", value=None) -> Tensor:
    pad = list(pad)
    out = list(input.shape)
    axes = len(pad) // 2
    check(mode in ("constant", "reflect", "replicate", "circular"), "Unrecognised padding mode", NotImplementedError)
    check(len(pad) % 2 == 0, "Padding length must be divisible by 2")
    check(axes <= len(out), "Padding length should be less than or equal to two times the input dimension")
    if mode != "constant":
        check(value is None or value == 0, "Padding mode \"" + mode + "\" doesn't take in value argument")
        check(axes in (1, 2, 3) and (len(out) == axes + 1 or len(out) == axes + 2),
              "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now", NotImplementedError)
    for i in range(axes):
        before = pad[2 * i]
        after = pad[2 * i + 1]
        size = out[-1 - i]
        if mode == "reflect":
            check(before < size and after < size, "Padding size should be less than the corresponding input dimension")
        if mode == "circular":
            check(before <= size and after <= size, "Padding value causes wrapping around more than once.")
        check(size + before + after >= 0, "negative output size after padding")
        out[-1 - i] = size + before + after
    return tensor(out, like=input)


def _scaled(size, scale):
    """floor(size * scale), exact where the scale is whole."""
    if isinstance(scale, int):
        return size * scale
    if scale == int(scale):
        return size * int(scale)
    return math.floor(size * scale)


_RESIZE_RANK = {"linear": 3, "bilinear": 4, "bicubic": 4, "lanczos": 4, "trilinear": 5}


def _resize_shape(input, size, scale_factor):
    spatial = input.shape[2:]
    check(size is None or scale_factor is None, "only one of size or scale_factor should be defined", ValueError)
    check(size is not None or scale_factor is not None, "either size or scale_factor should be defined", ValueError)
    if size is not None:
        if not isinstance(size, (list, tuple)):
            size = (size,) * len(spatial)
        check(len(size) == len(spatial), "Input and output must have the same number of spatial dimensions", ValueError)
        return input.shape[:2] + tuple(size)
    if not isinstance(scale_factor, (list, tuple)):
        scale_factor = (scale_factor,) * len(spatial)
    check(len(scale_factor) == len(spatial), "Input and scale_factor must have the same number of spatial dimensions",
          ValueError)
    return input.shape[:2] + tuple([_scaled(spatial[i], scale_factor[i]) for i in range(len(spatial))])


@op(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='asymmetric')"
          " if mode == 'nearest' else"
          " resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='half_pixel')"
          " if mode == 'nearest-exact' else"
          " resize(input[n, c, ...], size=size, scale=scale_factor, method='area', grid='half_pixel')"
          " if mode == 'area' else"
          " resize(input[n, c, ...], size=size, scale=scale_factor, method='linear',"
          " grid='align_corners' if align_corners else 'half_pixel', antialias=antialias)"
          " if mode in ('linear', 'bilinear', 'trilinear') else"
          " resize(input[n, c, ...], size=size, scale=scale_factor, method='cubic',"
          " a=-0.5 if antialias else -0.75, grid='align_corners' if align_corners else 'half_pixel', antialias=antialias)"
          " if mode == 'bicubic' else None")
def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None,
                antialias=False) -> Tensor:
    plain = mode in ("nearest", "area", "nearest-exact")
    if plain:
        check(align_corners is None, "align_corners option can only be set with the interpolating modes", ValueError)
    out = _resize_shape(input, size, scale_factor)
    check(not recompute_scale_factor or size is None, "recompute_scale_factor is not meaningful with an explicit size.",
          ValueError)
    check(not antialias or mode in ("bilinear", "bicubic", "lanczos") and input.ndim == 4,
          "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes", ValueError)
    check(plain and input.ndim in (3, 4, 5) or mode in _RESIZE_RANK and _RESIZE_RANK[mode] == input.ndim,
          "Input Error: this mode does not take an input of this rank", NotImplementedError)
    if mode == "lanczos":
        check(not align_corners, "Lanczos mode does not support align_corners=True", ValueError)
        check(antialias, "Lanczos mode requires antialias=True", ValueError)
    for size in out[2:]:
        check(size > 0 or mode == "area", "Input and output sizes should be greater than 0")
    return tensor(out, like=input)


@op(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='asymmetric')"
          " if mode == 'nearest' else"
          " resize(input[n, c, ...], size=size, scale=scale_factor, method='linear',"
          " grid='align_corners' if align_corners else 'half_pixel')"
          " if mode in ('linear', 'bilinear', 'trilinear') else None")
def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None) -> Tensor:
    return interpolate(input, size, scale_factor, mode, align_corners)


@op(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='nearest', grid='asymmetric')")
def upsample_nearest(input, size=None, scale_factor=None) -> Tensor:
    return interpolate(input, size, scale_factor, "nearest")


@op(pivot="resize(input[n, c, ...], size=size, scale=scale_factor, method='linear', grid='align_corners')")
def upsample_bilinear(input, size=None, scale_factor=None) -> Tensor:
    return interpolate(input, size, scale_factor, "bilinear", True)


@op(pivot="grid_sample(input[n, c, ...], grid, method=mode, padding=padding_mode, align_corners=bool(align_corners))")
def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None) -> Tensor:
    check(mode in ("bilinear", "nearest", "bicubic"), "grid_sample(): unexpected mode", ValueError)
    check(padding_mode in ("zeros", "border", "reflection"), "grid_sample(): unexpected padding_mode", ValueError)
    check(input.ndim == grid.ndim and input.ndim in (4, 5), "grid_sample(): expected 4D or 5D input and grid")
    check(input.shape[0] == grid.shape[0], "grid_sample(): expected grid and input to have same batch size")
    check(grid.shape[-1] == input.ndim - 2, "grid_sample(): expected grid to have another size in last dimension")
    check(mode != "bicubic" or input.ndim == 4, "grid_sample(): bicubic interpolation only supports 4D input")
    return tensor(input.shape[:2] + grid.shape[1:-1], like=input)


@op(pivot="affine_grid(theta, size=size, align_corners=bool(align_corners))")
def affine_grid(theta, size, align_corners=None) -> Tensor:
    check(theta.dtype.is_floating_point, "Expected theta to have floating point type", ValueError)
    axes = len(size) - 2
    check(axes == 2 or axes == 3, "affine_grid only supports 4D and 5D sizes", NotImplementedError)
    check(theta.ndim == 3 and theta.shape[1] == axes and theta.shape[2] == axes + 1,
          "Expected a batch of affine matrices", ValueError)
    for one in size:
        check(one > 0, "Expected non-zero, positive output size", ValueError)
    check(theta.shape[0] == size[0], "affine_grid: the batch sizes differ")
    return tensor((size[0],) + tuple(size[2:]) + (axes,), like=theta)


@op(pivot="pixel_shuffle(input[n, c, ...], factor=upscale_factor)")
def pixel_shuffle(input, upscale_factor) -> Tensor:
    shape = input.shape
    check(len(shape) >= 3, "pixel_shuffle expects input to have at least 3 dimensions")
    check(upscale_factor > 0, "pixel_shuffle expects a positive upscale_factor")
    check(shape[-3] % (upscale_factor * upscale_factor) == 0,
          "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor")
    return tensor(shape[:-3] + (shape[-3] // (upscale_factor * upscale_factor), shape[-2] * upscale_factor,
                                shape[-1] * upscale_factor), like=input)


@op(pivot="pixel_unshuffle(input[n, c, ...], factor=downscale_factor)")
def pixel_unshuffle(input, downscale_factor) -> Tensor:
    shape = input.shape
    check(len(shape) >= 3, "pixel_unshuffle expects input to have at least 3 dimensions")
    check(downscale_factor > 0, "pixel_unshuffle expects a positive downscale_factor")
    check(shape[-2] % downscale_factor == 0 and shape[-1] % downscale_factor == 0,
          "pixel_unshuffle expects height and width to be divisible by downscale_factor")
    return tensor(shape[:-3] + (shape[-3] * downscale_factor * downscale_factor, shape[-2] // downscale_factor,
                                shape[-1] // downscale_factor), like=input)


@op(pivot="channel_shuffle(input[n, c, ...], groups=groups)")
def channel_shuffle(input, groups) -> Tensor:
    check(input.ndim >= 3, "channel_shuffle expects input with > 2 dims")
    check(groups > 0, "Number of groups to divide channels in must be positive.")
    check(input.shape[1] % groups == 0, "Number of channels must be divisible by groups.")
    return _like(input)


@op(pivot="channel_shuffle(input[n, c, ...], groups=groups)")
def native_channel_shuffle(input, groups) -> Tensor:
    return channel_shuffle(input, groups)


# ---------------------------------------------------------------- distances

@op(pivot="cosine_similarity(x1, x2, axis=dim, epsilon=eps)")
def cosine_similarity(x1, x2, dim=1, eps=1e-08) -> Tensor:
    dtype = promote(x1, x2)
    check(dtype.is_floating_point, "expected common dtype to be floating point")
    out = list(broadcast(x1.shape, x2.shape))
    del out[normal_dim(dim, len(out))]
    return tensor(out, dtype, like=x1)


@op(pivot="norm(subtract(x1, x2) + eps, order=p, axes=-1, keepdims=keepdim)")
def pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False) -> Tensor:
    out = broadcast(x1.shape, x2.shape)
    return tensor(out[:-1] + ((1,) if keepdim else ()), promote(x1, x2), like=x1)


@op
def pdist(input, p=2.0) -> Tensor:
    check(input.ndim == 2, "pdist only supports 2D tensors")
    return tensor((input.shape[0] * (input.shape[0] - 1) // 2,), like=input)


# ---------------------------------------------------------------- attention

@op(effects="rng",
    pivot="attention(query[..., l, d], repeat(key, count=query.shape[-3] // key.shape[-3], axis=-3) if enable_gqa else key[..., s, d],"
          " repeat(value, count=query.shape[-3] // value.shape[-3], axis=-3) if enable_gqa else value[..., s, e],"
          " mask=attn_mask if attn_mask is not None and attn_mask.dtype == 'bool' else None,"
          " bias=attn_mask if attn_mask is not None and attn_mask.dtype != 'bool' else None,"
          " causal=is_causal, scale=scale, rate=dropout_p, training=True)")
def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None,
                                 enable_gqa=False) -> Tensor:
    check(query.ndim >= 2 and key.ndim >= 2 and value.ndim >= 2, "query, key and value must be at least 2 dimensional")
    check(query.dtype is key.dtype and query.dtype is value.dtype,
          "Expected query, key, and value to have the same dtype")
    check(query.shape[-1] == key.shape[-1], "the last sizes of query and key differ")
    check(key.shape[-2] == value.shape[-2], "key and value have different lengths")
    check(attn_mask is None or not is_causal, "Explicit attn_mask should not be set when is_causal=True")
    batch = query.shape[:-2]
    if enable_gqa:
        check(query.shape[-3] % key.shape[-3] == 0 and query.shape[-3] % value.shape[-3] == 0,
              "Number of heads in key and value must divide the number of heads in query")
    else:
        batch = broadcast(batch, key.shape[:-2], value.shape[:-2])
    if attn_mask is not None:
        scores = tuple(batch) + (query.shape[-2], key.shape[-2])
        check(broadcast(attn_mask.shape, scores) == scores, "the mask does not fit the scores")
    return tensor(tuple(batch) + (query.shape[-2], value.shape[-1]), like=query)


def _check_mask(attn_mask, batch, heads, length, source):
    if attn_mask is None:
        return
    if attn_mask.ndim == 2:
        check(tuple(attn_mask.shape) == (length, source), "The shape of the 2D attn_mask is not right")
    else:
        check(attn_mask.ndim == 3, "attn_mask's dimension is not supported")
        check(tuple(attn_mask.shape) == (batch * heads, length, source), "The shape of the 3D attn_mask is not right")


def _check_attention(query, key, value, embed_dim, num_heads, key_padding_mask, separate):
    check(query.ndim == 3 or query.ndim == 2, "query should be unbatched 2D or batched 3D tensor", AssertionError)
    check(key.ndim == query.ndim and value.ndim == query.ndim, "query, key and value must have the same rank",
          AssertionError)
    check(key_padding_mask is None or key_padding_mask.ndim == query.ndim - 1, "key_padding_mask has the wrong rank",
          AssertionError)
    check(query.shape[-1] == embed_dim, "was expecting another embedding dimension", AssertionError)
    check(embed_dim % num_heads == 0, "embed_dim not divisible by num_heads", AssertionError)
    if separate:
        check(key.shape[:-1] == value.shape[:-1], "key's sequence and batch dims do not match value's", AssertionError)
    else:
        check(key.shape == value.shape, "key shape does not match value shape", AssertionError)


def _in_projection(q, k, v, w_q, w_k, w_v, b_q=None, b_k=None, b_v=None):
    return linear(q, w_q, b_q), linear(k, w_k, b_k), linear(v, w_v, b_v)


def _in_projection_packed(q, k, v, w, b=None):
    size = q.size(-1)
    if k is not v:
        return _in_projection(q, k, v, *w.chunk(3), *((None, None, None) if b is None else b.chunk(3)))
    if q is k:
        made = linear(q, w, b).unflatten(-1, (3, size)).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
        return made[0], made[1], made[2]
    w_q, w_kv = w.split([size, size * 2])
    b_q, b_kv = (None, None) if b is None else b.split([size, size * 2])
    made = linear(k, w_kv, b_kv).unflatten(-1, (2, size)).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
    return linear(q, w_q, b_q), made[0], made[1]


@op(effects="rng", result="(Tensor, Tensor) if need_weights else (Tensor, None)",
    pivot="multi_head_attention(query[n, l, e] if query.ndim == 2 else query[l, n, e],"
          " key[n, s, e] if key.ndim == 2 else key[s, n, e],"
          " value[n, s, e] if value.ndim == 2 else value[s, n, e], heads=num_heads,"
          " query_kernel=slice(in_proj_weight, key=slice(0, embed_dim_to_check)) if not use_separate_proj_weight else q_proj_weight,"
          " key_kernel=slice(in_proj_weight, key=slice(embed_dim_to_check, 2 * embed_dim_to_check)) if not use_separate_proj_weight else k_proj_weight,"
          " value_kernel=slice(in_proj_weight, key=slice(2 * embed_dim_to_check, None)) if not use_separate_proj_weight else v_proj_weight,"
          " query_bias=slice(in_proj_bias, key=slice(0, embed_dim_to_check)) if in_proj_bias is not None else None,"
          " key_bias=slice(in_proj_bias, key=slice(embed_dim_to_check, 2 * embed_dim_to_check)) if in_proj_bias is not None else None,"
          " value_bias=slice(in_proj_bias, key=slice(2 * embed_dim_to_check, None)) if in_proj_bias is not None else None,"
          " output_kernel=out_proj_weight, output_bias=out_proj_bias,"
          " mask=logical_not(attn_mask) if attn_mask is not None and attn_mask.dtype == 'bool' else None,"
          " bias=attn_mask if attn_mask is not None and attn_mask.dtype != 'bool' else None,"
          " padding=logical_not(key_padding_mask) if key_padding_mask is not None and key_padding_mask.dtype == 'bool' else None,"
          " extra=key_padding_mask if key_padding_mask is not None and key_padding_mask.dtype != 'bool' else bias_k,"
          " rate=dropout_p, training=training, weights=('mean' if average_attn_weights else 'each') if need_weights else 'none')"
          " if not add_zero_attn and static_k is None and static_v is None else None")
def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k,
                                 bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True,
                                 key_padding_mask=None, need_weights=True, attn_mask=None,
                                 use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None,
                                 v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True,
                                 is_causal=False) -> (Tensor, Any):
    _check_attention(query, key, value, embed_dim_to_check, num_heads, key_padding_mask, use_separate_proj_weight)
    check(not is_causal or attn_mask is not None, "Need attn_mask if specifying the is_causal hint.")
    length = query.shape[0]
    source = key.shape[0]
    batch = query.shape[1] if query.ndim == 3 else 1
    check(key.ndim == 2 or key.shape[1] == batch, "query and key have different batch sizes")
    _check_mask(attn_mask, batch, num_heads, length, source)
    if key_padding_mask is not None:
        check(key_padding_mask.shape[-1] == source, "expecting key_padding_mask of the source length", AssertionError)
    source = source + (1 if bias_k is not None else 0) + (1 if add_zero_attn else 0)
    out = tensor(query.shape[:-1] + (out_proj_weight.shape[0],), like=query)
    if not need_weights:
        return out, None
    weights = (length, source) if average_attn_weights else (num_heads, length, source)
    return out, tensor((batch,) + weights if query.ndim == 3 else weights, like=query)


# ---------------------------------------------------------------- losses

_REDUCTIONS = ("mean", "sum", "none")


def _reduction(size_average, reduce, reduction):
    """The name of the reduction, also from the two old flags."""
    if size_average is None and reduce is None:
        return reduction
    if reduce is not None and not reduce:
        return "none"
    return "mean" if size_average is None or size_average else "sum"


def _reduced(shape, reduction, dtype, like):
    check(reduction in _REDUCTIONS, str(reduction) + " is not a valid value for reduction", ValueError)
    return tensor(shape if reduction == "none" else (), dtype, like=like)


@op(pivot="mean_absolute_error(input, target, reduction=reduction) if weight is None else None")
def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None) -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target), input)


@op(pivot="mean_squared_error(input, target, reduction=reduction) if weight is None else None")
def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None) -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target), input)


@op(pivot="smooth_l1(input, target, beta=beta, reduction=reduction)")
def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0) -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target), input)


@op(pivot="huber(input, target, delta=delta, reduction=reduction) if weight is None else None")
def huber_loss(input, target, reduction="mean", delta=1.0, weight=None) -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), reduction, promote(input, target), input)


def _class_loss_shape(input, target, probabilities):
    """The shape of a classification loss before its reduction: that of one class index for each place."""
    shape = input.shape
    check(len(shape) > 0, "a loss over classes needs at least one dimension", ValueError)
    where = 0 if len(shape) == 1 else 1
    places = shape[:where] + shape[where + 1:]
    if probabilities:
        return places
    check(len(places) == 0 or target.ndim > 0 and target.shape[0] == places[0],
          "Expected input batch_size to match target batch_size", ValueError)
    check(target.shape == places, "size mismatch of input and target")
    return places


@op(pivot="cross_entropy(input[n, c, ...], target, weight=weight, ignore=ignore_index, smoothing=label_smoothing,"
          " reduction=reduction)")
def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean",
                  label_smoothing=0.0) -> Tensor:
    probabilities = input.shape == target.shape
    if probabilities:
        check(target.dtype.is_floating_point, "Expected floating point type for target with class probabilities")
        check(ignore_index < 0, "ignore_index is not supported for floating point target")
    check(label_smoothing >= 0.0 and label_smoothing <= 1.0, "label_smoothing must be between 0.0 and 1.0.")
    reduction = _reduction(size_average, reduce, reduction)
    check(reduction in _REDUCTIONS, str(reduction) + " is not a valid value for reduction", ValueError)
    return _reduced(_class_loss_shape(input, target, probabilities), reduction, input.dtype, input)


@op(pivot="negative_log_likelihood(input[n, c, ...], target, weight=weight, ignore=ignore_index, reduction=reduction)")
def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None,
             reduction="mean") -> Tensor:
    shape = _class_loss_shape(input, target, False)
    return _reduced(shape, _reduction(size_average, reduce, reduction), input.dtype, input)


@op(pivot="cross_entropy(linear(input[..., i], kernel=linear_weight[o, i], bias=linear_bias[o]), target,"
          " weight=weight, ignore=ignore_index, smoothing=label_smoothing, reduction=reduction)")
def linear_cross_entropy(input, linear_weight, target, *, linear_bias=None, weight=None, reduction="mean",
                         ignore_index=None, label_smoothing=0.0, options=None) -> Tensor:
    check(reduction in _REDUCTIONS, str(reduction) + " is not a valid value for reduction", ValueError)
    return tensor(input.shape[:-1] if reduction == "none" else (), like=input)


@op(pivot="binary_cross_entropy(input, target, weight=weight, reduction=reduction)")
def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction="mean") -> Tensor:
    check(input.shape == target.shape, "Using a target size that is different to the input size is deprecated",
          ValueError)
    loss = _reduced(input.shape, _reduction(size_average, reduce, reduction), input.dtype, input)
    check(input.dtype is target.dtype, "Found different dtypes for input and target")
    return loss


@op(pivot="binary_cross_entropy_logits(input, target, weight=weight, positive_weight=pos_weight, reduction=reduction)")
def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction="mean",
                                     pos_weight=None) -> Tensor:
    check(input.shape == target.shape, "Target size must be the same as input size", ValueError)
    shape = input.shape
    for extra in (weight, pos_weight):
        if extra is not None:
            shape = broadcast(shape, extra.shape)
    return _reduced(shape, _reduction(size_average, reduce, reduction), target.dtype, input)


@op(pivot="kl_divergence(input, target, log_target=log_target,"
          " reduction='batch_mean' if reduction == 'batchmean' else reduction)")
def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False) -> Tensor:
    reduction = _reduction(size_average, reduce, reduction)
    if reduction == "batchmean":
        check(input.ndim > 0, "batchmean needs a batch", IndexError)
        reduction = "sum"
    return _reduced(broadcast(input.shape, target.shape), reduction, promote(input, target), input)


@op(pivot="hinge_embedding(input, target, margin=margin, reduction=reduction)")
def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction="mean") -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target) if not target.dtype.is_floating_point else input.dtype, input)


@op(pivot="margin_ranking(input1, input2, target, margin=margin, reduction=reduction)")
def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean") -> Tensor:
    check(input1.ndim == input2.ndim and input1.ndim == target.ndim,
          "margin_ranking_loss : All input tensors should have same dimension")
    return _reduced(broadcast(input1.shape, input2.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input1, input2, target), input1)


@op(pivot="cosine_embedding(input1, input2, target, margin=margin, reduction=reduction)")
def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None,
                          reduction="mean") -> Tensor:
    check(target.ndim == 0 and input1.ndim == 1 or target.ndim == 1 and input1.ndim == 2,
          "0D target tensor expects 1D input tensors, 1D target tensor expects 2D input tensors")
    check(input1.ndim == input2.ndim, "cosine_embedding_loss: the inputs have different ranks")
    shape = broadcast(broadcast(input1.shape, input2.shape)[:-1], target.shape)
    return _reduced(shape, _reduction(size_average, reduce, reduction), promote(input1, input2), input1)


def _check_triplet(anchor, positive, negative, margin):
    check(margin > 0, "margin must be greater than 0", ValueError)
    check(anchor.ndim == positive.ndim and anchor.ndim == negative.ndim,
          "The anchor, positive, and negative tensors are expected to have the same number of dimensions")


def _triplet(anchor, positive, negative, margin, reduction):
    _check_triplet(anchor, positive, negative, margin)
    shape = broadcast(anchor.shape, positive.shape, negative.shape)[:-1]
    return _reduced(shape, reduction, promote(anchor, positive, negative), anchor)


@op(pivot="triplet_margin(anchor, positive, negative, margin=margin, order=p, epsilon=eps, swap=swap,"
          " reduction=reduction)")
def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None,
                        reduce=None, reduction="mean") -> Tensor:
    return _triplet(anchor, positive, negative, margin, _reduction(size_average, reduce, reduction))


@op(pivot="triplet_margin(anchor, positive, negative, margin=margin, order=2, epsilon=1e-06, swap=swap,"
          " reduction=reduction) if distance_function is None else None")
def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False,
                                      reduction="mean") -> Tensor:
    check(reduction in _REDUCTIONS, str(reduction) + " is not a valid value for reduction", ValueError)
    if distance_function is None:
        return _triplet(anchor, positive, negative, margin, reduction)
    _check_triplet(anchor, positive, negative, margin)
    distance = distance_function(anchor, positive)
    return _reduced(distance.shape, reduction, distance.dtype, distance)


@op(pivot="multi_margin(input, target, order=p, margin=margin, weight=weight, reduction=reduction)")
def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None,
                      reduction="mean") -> Tensor:
    check(p == 1 or p == 2, "only p == 1 and p == 2 supported", ValueError)
    check(input.ndim == 1 or input.ndim == 2, "multi_margin_loss expects a vector or a matrix")
    return _reduced(target.shape, _reduction(size_average, reduce, reduction), input.dtype, input)


@op(pivot="multilabel_margin(input, target, reduction=reduction)")
def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean") -> Tensor:
    check(input.ndim <= 2 and input.shape == target.shape, "inconsistent target size")
    return _reduced(input.shape[:-1], _reduction(size_average, reduce, reduction), input.dtype, input)


@op(pivot="reduce_mean(binary_cross_entropy_logits(input, target, weight=weight, reduction='none'), axes=-1)"
          " if reduction == 'none' else None")
def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None,
                                reduction="mean") -> Tensor:
    shape = broadcast(input.shape, target.shape)
    return _reduced(shape[:-1], _reduction(size_average, reduce, reduction), promote(input, target), input)


@op(pivot="soft_margin(input, target, reduction=reduction)")
def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean") -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target), input)


@op(pivot="poisson_negative_log_likelihood(input, target, log_input=log_input, full=full, epsilon=eps,"
          " reduction=reduction)")
def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None,
                     reduction="mean") -> Tensor:
    return _reduced(broadcast(input.shape, target.shape), _reduction(size_average, reduce, reduction),
                    promote(input, target), input)


@op(pivot="gaussian_negative_log_likelihood(input, target, var, full=full, epsilon=eps, reduction=reduction)")
def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction="mean") -> Tensor:
    shape = broadcast(input.shape, target.shape)
    if is_tensor(var) and var.shape != input.shape:
        if input.shape[:-1] == var.shape:
            shape = broadcast(shape, var.shape + (1,))
        else:
            check(input.ndim == var.ndim and input.shape[:-1] == var.shape[:-1] and var.shape[-1] == 1,
                  "var is of incorrect size", ValueError)
    return _reduced(shape, reduction, promote(input, target, var), input)


@op(pivot="ctc(log_probs, targets, input_lengths, target_lengths, blank=blank, reduction=reduction,"
          " zero_infinity=zero_infinity)")
def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction="mean",
             zero_infinity=False) -> Tensor:
    check(log_probs.ndim == 3 or log_probs.ndim == 2, "log_probs has to be 2D or 3D")
    return _reduced(log_probs.shape[1:-1], reduction, log_probs.dtype, log_probs)


# ---------------------------------------------------------------- scaled and grouped products

@op
def grouped_mm(mat_a, mat_b, *, offs=None, bias=None, out_dtype=None) -> Tensor:
    dtype = mat_a.dtype if out_dtype is None else out_dtype
    check(mat_a.shape[-1] * mat_a.itemsize % 16 == 0 and mat_b.shape[-1] * mat_b.itemsize % 16 == 0,
          "strides should be multiple of 16 bytes")
    if mat_a.ndim == 3:
        if mat_b.ndim == 3:
            return tensor((mat_a.shape[0], mat_a.shape[1], mat_b.shape[-1]), dtype, like=mat_a)
        return tensor((mat_a.shape[1], mat_b.shape[-1]), dtype, like=mat_a)
    if mat_b.ndim == 3:
        return tensor((mat_a.shape[0], mat_b.shape[-1]), dtype, like=mat_a)
    return tensor((offs.shape[0], mat_a.shape[0], mat_b.shape[-1]), dtype, like=mat_a)


@op
def scaled_mm(mat_a, mat_b, scale_a, scale_recipe_a, scale_b, scale_recipe_b, swizzle_a=None, swizzle_b=None,
              bias=None, output_dtype=DType("bfloat16"), contraction_dim=(), use_fast_accum=False) -> Tensor:
    check(mat_a.ndim == 2 and mat_b.ndim == 2, "scaled_mm expects matrices")
    return tensor((mat_a.shape[0], mat_b.shape[1]), output_dtype, like=mat_a)


@op
def scaled_grouped_mm(mat_a, mat_b, scale_a, scale_recipe_a, scale_b, scale_recipe_b, swizzle_a=None, swizzle_b=None,
                      bias=None, offs=None, output_dtype=DType("bfloat16"), contraction_dim=(),
                      use_fast_accum=False) -> Tensor:
    return grouped_mm(mat_a, mat_b, offs=offs, out_dtype=output_dtype)


def assert_int_or_pair(arg, arg_name, message):
    check(isinstance(arg, int) or len(arg) == 2, message, AssertionError)
