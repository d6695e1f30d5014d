"""Sizes in Keras: windows with `valid` and `same` padding, layouts by `data_format`."""
import _nw
from _nw import check, pair


def window(size, kernel, stride, dilation, padding):
    if padding == "same":
        return (size + stride - 1) // stride
    reach = dilation * (kernel - 1) + 1
    check(size >= reach, "the window is larger than its input", ValueError)
    return (size - reach) // stride + 1


def spatial(shape, data_format):
    return tuple(shape[1:-1]) if data_format == "channels_last" else tuple(shape[2:])


def channels(shape, data_format):
    return shape[-1] if data_format == "channels_last" else shape[1]


def arranged(batch, sizes, count, data_format):
    if data_format == "channels_last":
        return (batch,) + tuple(sizes) + (count,)
    return (batch, count) + tuple(sizes)


def windows(shape, kernel, strides, dilation, padding, data_format):
    sizes = []
    for size, k, s, d in zip(spatial(shape, data_format), kernel, strides, dilation):
        sizes.append(window(size, k, s, d, padding))
    return sizes


def numbers(value, rank):
    return pair(value, rank)


def axes_of(axis, rank):
    from torch import _rules as rules
    return rules.axes_of(axis, rank)


def like(x, shape=None, dtype=None):
    return _nw.tensor(x.shape if shape is None else shape, x.dtype if dtype is None else dtype, like=x)
