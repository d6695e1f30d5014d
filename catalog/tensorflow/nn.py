"""tensorflow.nn."""
from __future__ import annotations

import _nw
from _nw import check, known, normal_dim, op
from keras.src import dtypes, rules
from keras.src.ops import nn as _nn
from tensorflow import (_axis, _floating, _one, _plain, abs, add, concat, exp, multiply, negative, reduce_sum, sigmoid, subtract, tanh, truediv)
from tensorflow.math import l2_normalize, log1p, log_softmax, softmax, softplus, softsign, top_k

__public__ = "tensorflow.nn"


@op(pivot="relu(features)")
def relu(features, name=None) -> Tensor:
    return _plain(features)


@op(pivot="relu6(features)")
def relu6(features, name=None) -> Tensor:
    return _plain(features)


@op(pivot="elu(features, alpha=1.0)")
def elu(features, name=None) -> Tensor:
    return _plain(features)


@op(pivot="selu(features)")
def selu(features, name=None) -> Tensor:
    return _plain(features)


@op(pivot="silu(features) if beta == 1.0 else None")
def silu(features, beta=1.0) -> Tensor:
    return _floating(features)


swish = silu


@op(pivot="leaky_relu(features, slope=alpha)")
def leaky_relu(features, alpha=0.2, name=None) -> Tensor:
    return _plain(features)


@op(pivot="gelu(features, form='tanh') if approximate else gelu(features, form='erf')")
def gelu(features, approximate=False, name=None) -> Tensor:
    return _floating(features)


def crelu(features, axis=-1, name=None):
    return relu(concat([_one(features), negative(_one(features))], axis))


@op(pivot="dropout(x, rate=rate, training=True) if noise_shape is None else None", effects="rng")
def dropout(x, rate, noise_shape=None, seed=None, name=None) -> Tensor:
    return _plain(x)


@op(pivot="add(value, bias) if data_format in (None, 'NHWC', 'NWC', 'NDHWC') else None")
def bias_add(value, bias, data_format=None, name=None) -> Tensor:
    return _plain(value)


def _layout(data_format):
    return "channels_first" if data_format is not None and data_format.startswith("NC") else "channels_last"


def _inner(value, count, data_format):
    """Strides and windows: one number, one for each spatial axis, or one for each axis."""
    if isinstance(value, int):
        return (value,) * count
    value = tuple(value)
    if len(value) == 1:
        return value * count
    if len(value) == count:
        return value
    return value[2:] if _layout(data_format) == "channels_first" else value[1:-1]


def _padding(padding):
    return padding.lower() if isinstance(padding, str) else _nw.unknown("explicit padding")


def _padded(x, padding):
    """The tensor within the borders that a list of widths gives it, and what a window leaves out then."""
    if isinstance(padding, str):
        return x, padding.lower()
    return rules.like(x, [size + before + after for size, (before, after) in zip(x.shape, padding)]), "valid"


def _convolved(input, filters, strides, padding, data_format, dilations):
    x, kernel = _one(input), _one(filters)
    count = len(x.shape) - 2
    layout = _layout(data_format)
    x, padding = _padded(x, padding)
    shape = _nn.convolved(x, kernel, _inner(strides, count, data_format), padding, layout, (1,) * count if dilations is None else _inner(dilations, count, data_format))
    return rules.like(x, shape)


@op(pivot="convolution(input[n, ..., c], kernel=filters[..., i, o], stride=stride, padding=padding.lower(), dilation=1 if dilations is None else dilations, groups=input.shape[-1] // filters.shape[-2]) if padding in ('SAME', 'VALID', 'same', 'valid') and data_format == 'NWC' and isinstance(stride, int) and (dilations is None or isinstance(dilations, int)) else None")
def conv1d(input, filters, stride, padding, data_format="NWC", dilations=None, name=None) -> Tensor:
    return _convolved(input, filters, stride, padding, data_format, dilations)


@op(pivot="convolution(input[n, ..., c], kernel=filters[..., i, o], stride=strides, padding=padding.lower(), dilation=1 if dilations is None else dilations, groups=input.shape[-1] // filters.shape[-2]) if padding in ('SAME', 'VALID', 'same', 'valid') and data_format == 'NHWC' and isinstance(strides, int) and (dilations is None or isinstance(dilations, int)) else None")
def conv2d(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None) -> Tensor:
    return _convolved(input, filters, strides, padding, data_format, dilations)


@op(pivot="convolution(input[n, ..., c], kernel=filters[..., i, o], stride=strides, padding=padding.lower(), dilation=1 if dilations is None else dilations, groups=input.shape[-1] // filters.shape[-2]) if padding in ('SAME', 'VALID', 'same', 'valid') and data_format == 'NDHWC' and isinstance(strides, int) and (dilations is None or isinstance(dilations, int)) else None")
def conv3d(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None) -> Tensor:
    return _convolved(input, filters, strides, padding, data_format, dilations)


@op
def convolution(input, filters, strides=None, padding="VALID", data_format=None, dilations=None, name=None) -> Tensor:
    return _convolved(input, filters, 1 if strides is None else strides, padding, data_format, dilations)


@op
def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None) -> Tensor:
    x, kernel = _one(input), _one(filter)
    x, padding = _padded(x, padding)
    shape = _nn.spread(x, kernel, _inner(strides, 2, data_format), padding, _layout(data_format), (1, 1) if dilations is None else _inner(dilations, 2, data_format))
    return rules.like(x, shape)


@op
def conv2d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None) -> Tensor:
    return rules.like(_one(input), rules.sizes_of(output_shape))


@op
def conv1d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NWC", dilations=None, name=None) -> Tensor:
    return rules.like(_one(input), rules.sizes_of(output_shape))


def _pooled(function, input, ksize, strides, padding, data_format):
    x = _one(input)
    count = len(x.shape) - 2
    size, steps = _inner(ksize, count, data_format), _inner(strides, count, data_format)
    return function(x, size, steps, _padding(padding), _layout(data_format))


def max_pool(input, ksize, strides, padding, data_format=None, name=None):
    return _pooled(_nn.max_pool, input, ksize, strides, padding, data_format)


def max_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return _pooled(_nn.max_pool, input, ksize, strides, padding, data_format)


def max_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    return _pooled(_nn.max_pool, input, ksize, strides, padding, data_format)


def max_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    return _pooled(_nn.max_pool, input, ksize, strides, padding, data_format)


def avg_pool(input, ksize, strides, padding, data_format=None, name=None):
    return _pooled(_nn.average_pool, input, ksize, strides, padding, data_format)


def avg_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return _pooled(_nn.average_pool, input, ksize, strides, padding, data_format)


def avg_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    return _pooled(_nn.average_pool, input, ksize, strides, padding, data_format)


def avg_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    return _pooled(_nn.average_pool, input, ksize, strides, padding, data_format)


@op
def moments(x, axes, shift=None, keepdims=False, name=None) -> (Tensor, Tensor):
    return rules.reduced(_one(x), _axis(axes), keepdims, None), rules.reduced(_one(x), _axis(axes), keepdims, None)


@op(pivot="batch_norm(x[n, ..., c], scale=scale[c], offset=offset[c], mean=mean[c], variance=variance[c], epsilon=variance_epsilon, momentum=0.0, training=False) if mean.ndim == 1 else None")
def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None) -> Tensor:
    return _plain(x)


@op(pivot="local_response_norm(input[n, ..., c], size=2 * depth_radius + 1, alpha=alpha * (2 * depth_radius + 1), beta=beta, k=bias)")
def local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None) -> Tensor:
    return _plain(input)


lrn = local_response_normalization


@op(pivot="embedding(ids, table=params[v, d]) if max_norm is None else None")
def embedding_lookup(params, ids, max_norm=None, name=None) -> Tensor:
    table, index = _one(params), _one(ids)
    return rules.like(table, list(index.shape) + list(table.shape[1:]))


@op
def depth_to_space(input, block_size, data_format="NHWC", name=None) -> Tensor:
    x = _one(input)
    layout = _layout(data_format)
    h, w = rules.spatial(x.shape, layout)
    return rules.like(x, rules.arranged(x.shape[0], (h * block_size, w * block_size), rules.channels(x.shape, layout) // (block_size * block_size), layout))


@op
def space_to_depth(input, block_size, data_format="NHWC", name=None) -> Tensor:
    x = _one(input)
    layout = _layout(data_format)
    h, w = rules.spatial(x.shape, layout)
    return rules.like(x, rules.arranged(x.shape[0], (h // block_size, w // block_size), rules.channels(x.shape, layout) * block_size * block_size, layout))


def l2_loss(t, name=None):
    return truediv(reduce_sum(multiply(_one(t), _one(t))), 2.0)


def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
    x = _one(logits)
    return add(subtract(relu(x), multiply(x, _one(labels))), log1p(exp(negative(abs(x)))))


def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    return negative(reduce_sum(multiply(_one(labels), log_softmax(_one(logits), axis)), axis))


@op
def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None) -> Tensor:
    x = _one(logits)
    return rules.like(x, x.shape[:-1])


@op
def in_top_k(targets, predictions, k, name=None) -> Tensor:
    return _plain(targets, "bool")


def separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None):
    return conv2d(depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations), pointwise_filter, 1, "VALID", "NHWC" if data_format is None else data_format)


def atrous_conv2d(value, filters, rate, padding, name=None):
    return conv2d(value, filters, 1, padding, dilations=rate)


@op
def weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None) -> Tensor:
    return _plain(logits)


@op
def log_poisson_loss(targets, log_input, compute_full_loss=False, name=None) -> Tensor:
    return _plain(log_input)


@op
def weighted_moments(x, axes, frequency_weights, keepdims=False, name=None) -> (Tensor, Tensor):
    return rules.reduced(_one(x), axes, keepdims, None), rules.reduced(_one(x), axes, keepdims, None)


def zero_fraction(value, name=None):
    from tensorflow import math
    return math.zero_fraction(value)
