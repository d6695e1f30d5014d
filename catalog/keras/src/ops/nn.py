"""keras.ops: what networks are made of."""
from __future__ import annotations

import _nw
from _nw import check, known, normal_dim, op, prod
from keras.src import dtypes, rules, state

__public__ = "keras.ops"


@op(pivot="relu(x)")
def relu(x) -> Tensor:
    return rules.same(x)


@op(pivot="relu6(x)")
def relu6(x) -> Tensor:
    return rules.same(x)


@op(pivot="sigmoid(x)")
def sigmoid(x) -> Tensor:
    return rules.smooth(x)


@op
def sparse_sigmoid(x) -> Tensor:
    return rules.same(x)


@op(pivot="softplus(x)")
def softplus(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="softsign(x)")
def softsign(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="soft_shrink(x, lambda_=threshold)")
def soft_shrink(x, threshold=0.5) -> Tensor:
    return rules.same(x)


@op(pivot="silu(x)")
def silu(x) -> Tensor:
    return rules.smooth(x)


swish = silu


@op
def squareplus(x, b=4) -> Tensor:
    return rules.same(x)


@op(pivot="log_sigmoid(x)")
def log_sigmoid(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="leaky_relu(x, slope=negative_slope)")
def leaky_relu(x, negative_slope=0.2) -> Tensor:
    return rules.same(x)


@op(pivot="hard_sigmoid(x)")
def hard_sigmoid(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="hard_silu(x)")
def hard_silu(x) -> Tensor:
    return rules.smooth(x)


hard_swish = hard_silu


@op(pivot="hard_tanh(x, low=-1.0, high=1.0)")
def hard_tanh(x) -> Tensor:
    return rules.same(x)


@op(pivot="hard_shrink(x, lambda_=threshold)")
def hard_shrink(x, threshold=0.5) -> Tensor:
    return rules.same(x)


@op(pivot="tanhshrink(x)")
def tanh_shrink(x) -> Tensor:
    return rules.same(x)


@op(pivot="threshold(x, threshold=threshold, value=default_value)")
def threshold(x, threshold, default_value) -> Tensor:
    return rules.same(x)


@op(pivot="elu(x, alpha=alpha)")
def elu(x, alpha=1.0) -> Tensor:
    return rules.smooth(x)


@op(pivot="selu(x)")
def selu(x) -> Tensor:
    return rules.smooth(x)


@op(pivot="gelu(x, form='tanh') if approximate else gelu(x, form='erf')")
def gelu(x, approximate=True) -> Tensor:
    return rules.smooth(x)


@op(pivot="celu(x, alpha=alpha)")
def celu(x, alpha=1.0) -> Tensor:
    return rules.smooth(x)


@op(pivot="glu(x, axis=axis)")
def glu(x, axis=-1) -> Tensor:
    x = rules.convert(x)
    shape = list(x.shape)
    axis = normal_dim(axis, len(shape))
    check(shape[axis] % 2 == 0, "axis size must be divisible by 2", ValueError)
    shape[axis] = shape[axis] // 2
    return rules.like(x, shape)



@op
def sparse_plus(x) -> Tensor:
    return rules.same(x)


@op
def sparsemax(x, axis=-1) -> Tensor:
    return rules.same(x)


@op(pivot="softmax(x, axis=axis) if isinstance(axis, int) else None")
def softmax(x, axis=-1) -> Tensor:
    return rules.smooth(x)


@op(pivot="log_softmax(x, axis=axis) if isinstance(axis, int) else None")
def log_softmax(x, axis=-1) -> Tensor:
    return rules.smooth(x)


def _layout(data_format, rank=None):
    return state.data_format(data_format)


def _pooled(inputs, pool_size, strides, padding, data_format):
    x = rules.convert(inputs)
    count = len(x.shape) - 2
    layout = _layout(data_format)
    size = rules.numbers(pool_size, count)
    sizes = rules.windows(x.shape, size, size if strides is None else rules.numbers(strides, count), (1,) * count, padding.lower(), layout)
    return rules.like(x, rules.arranged(x.shape[0], sizes, rules.channels(x.shape, layout), layout))


@op(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding) if data_format != 'channels_first' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding)")
def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None) -> Tensor:
    return _pooled(inputs, pool_size, strides, padding, data_format)


@op(pivot="average_pool(inputs[n, ..., c], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding, count_padding=False) if data_format != 'channels_first' else average_pool(inputs[n, c, ...], size=pool_size, stride=strides if strides is not None else pool_size, padding=padding, count_padding=False)")
def average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None) -> Tensor:
    return _pooled(inputs, pool_size, strides, padding, data_format)


def _adapted(inputs, output_size, data_format):
    x = rules.convert(inputs)
    layout = _layout(data_format)
    return rules.like(x, rules.arranged(x.shape[0], rules.numbers(output_size, len(x.shape) - 2), rules.channels(x.shape, layout), layout))


@op(pivot="adaptive_average_pool(inputs[n, ..., c], output_size=output_size) if data_format != 'channels_first' else adaptive_average_pool(inputs[n, c, ...], output_size=output_size)")
def adaptive_average_pool(inputs, output_size, data_format=None) -> Tensor:
    return _adapted(inputs, output_size, data_format)


@op(pivot="adaptive_max_pool(inputs[n, ..., c], output_size=output_size) if data_format != 'channels_first' else adaptive_max_pool(inputs[n, c, ...], output_size=output_size)")
def adaptive_max_pool(inputs, output_size, data_format=None) -> Tensor:
    return _adapted(inputs, output_size, data_format)


def convolved(x, kernel, strides, padding, data_format, dilation):
    """Sizes of a convolution; the kernel's last two axes are channels."""
    count = len(x.shape) - 2
    check(len(kernel.shape) == count + 2, "The kernel does not have the rank of the input.", ValueError)
    wide = rules.channels(x.shape, data_format)
    check(wide % kernel.shape[-2] == 0, "The number of input channels must be evenly divisible by kernel's in_channels.", ValueError)
    if known(wide) and known(kernel.shape[-2]) and known(kernel.shape[-1]):
        check(kernel.shape[-1] % (wide // kernel.shape[-2]) == 0, "The number of filters must be evenly divisible by the number of groups.", ValueError)
    sizes = rules.windows(x.shape, kernel.shape[:-2], rules.numbers(strides, count), rules.numbers(dilation, count), padding.lower(), data_format)
    return rules.arranged(x.shape[0], sizes, kernel.shape[-1], data_format)


@op(pivot="convolution(inputs[n, ..., c], kernel=kernel[..., i, o], stride=strides, padding=padding, dilation=dilation_rate, groups=inputs.shape[-1] // kernel.shape[-2]) if data_format != 'channels_first' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], stride=strides, padding=padding, dilation=dilation_rate, groups=inputs.shape[1] // kernel.shape[-2])")
def conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1) -> Tensor:
    x, kernel = rules.convert(inputs), rules.convert(kernel)
    return rules.like(x, convolved(x, kernel, strides, padding, _layout(data_format), dilation_rate))


def spread(x, kernel, strides, padding, data_format, dilation):
    """Sizes of a depthwise convolution."""
    count = len(x.shape) - 2
    sizes = rules.windows(x.shape, kernel.shape[:-2], rules.numbers(strides, count), rules.numbers(dilation, count), padding.lower(), data_format)
    check(rules.channels(x.shape, data_format) == kernel.shape[-2], "The kernel does not have the channels of the input.", ValueError)
    return rules.arranged(x.shape[0], sizes, kernel.shape[-2] * kernel.shape[-1], data_format)


@op(pivot="depthwise_convolution(inputs[n, ..., c], kernel=kernel[..., c, m], bias=None, stride=strides, padding=padding, dilation=dilation_rate) if data_format != 'channels_first' else depthwise_convolution(inputs[n, c, ...], kernel=kernel[..., c, m], bias=None, stride=strides, padding=padding, dilation=dilation_rate)")
def depthwise_conv(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1) -> Tensor:
    x, kernel = rules.convert(inputs), rules.convert(kernel)
    return rules.like(x, spread(x, kernel, strides, padding, _layout(data_format), dilation_rate))


@op
def separable_conv(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None, dilation_rate=1) -> Tensor:
    x, kernel, last = rules.convert(inputs), rules.convert(depthwise_kernel), rules.convert(pointwise_kernel)
    layout = _layout(data_format)
    shape = spread(x, kernel, strides, padding, layout, dilation_rate)
    return rules.like(x, rules.arranged(shape[0], rules.spatial(shape, layout), last.shape[-1], layout))


def unfolded(x, kernel, strides, padding, output_padding, data_format, dilation):
    """Sizes of a transposed convolution; the kernel's last two axes are output and input channels."""
    count = len(x.shape) - 2
    strides, dilation = rules.numbers(strides, count), rules.numbers(dilation, count)
    extra = (None,) * count if output_padding is None else rules.numbers(output_padding, count)
    check(rules.channels(x.shape, data_format) == kernel.shape[-1], "The kernel does not have the channels of the input.", ValueError)
    sizes = []
    for size, k, s, e, d in zip(rules.spatial(x.shape, data_format), kernel.shape[:-2], strides, extra, dilation):
        sizes.append(rules.transposed_size(size, k, s, padding.lower(), e, d))
    return rules.arranged(x.shape[0], sizes, kernel.shape[-2], data_format)


@op(pivot="convolution_transpose(inputs[n, ..., c], kernel=kernel[..., o, i], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate) if data_format != 'channels_first' else convolution_transpose(inputs[n, c, ...], kernel=kernel[..., o, i], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate)")
def conv_transpose(inputs, kernel, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1) -> Tensor:
    x, kernel = rules.convert(inputs), rules.convert(kernel)
    return rules.like(x, unfolded(x, kernel, strides, padding, output_padding, _layout(data_format), dilation_rate))


@op
def unfold(x, kernel_size, dilation=1, padding=0, stride=1) -> Tensor:
    x = rules.convert(x)
    k, d, p, s = [rules.numbers(one, 2) for one in (kernel_size, dilation, padding, stride)]
    count = 1
    for i in range(2):
        count = count * ((x.shape[2 + i] + 2 * p[i] - d[i] * (k[i] - 1) - 1) // s[i] + 1)
    return rules.like(x, (x.shape[0], x.shape[1] * k[0] * k[1], count))


@op
def fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1) -> Tensor:
    x = rules.convert(x)
    k = rules.numbers(kernel_size, 2)
    return rules.like(x, (x.shape[0], x.shape[1] // (k[0] * k[1])) + tuple(rules.numbers(output_size, 2)))


@op
def depth_to_space(x, block_size, data_format="channels_last") -> Tensor:
    x = rules.convert(x)
    layout = _layout(data_format)
    h, w = rules.spatial(x.shape, layout)
    return rules.like(x, rules.arranged(x.shape[0], (h * block_size, w * block_size), rules.channels(x.shape, layout) // (block_size * block_size), layout))


@op
def space_to_depth(x, block_size, data_format="channels_last") -> Tensor:
    x = rules.convert(x)
    layout = _layout(data_format)
    h, w = rules.spatial(x.shape, layout)
    return rules.like(x, rules.arranged(x.shape[0], (h // block_size, w // block_size), rules.channels(x.shape, layout) * block_size * block_size, layout))


@op(pivot="one_hot(x, classes=num_classes) if axis == -1 and not sparse else None")
def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False) -> Tensor:
    x = rules.convert(x)
    shape = rules.inserted(x.shape, normal_dim(axis, len(x.shape) + 1), num_classes)
    return rules.like(x, shape, dtypes.standardize(dtype))


@op
def multi_hot(inputs, num_classes=None, axis=-1, dtype=None, sparse=False, **kwargs) -> Tensor:
    x = rules.convert(inputs)
    count = num_classes if num_classes is not None else kwargs["num_tokens"]
    shape = list(x.shape)
    shape.insert(normal_dim(axis, len(shape) + 1), count)
    del shape[1 if len(x.shape) > 1 else 0]
    return rules.like(x, shape, dtypes.standardize(dtype))


@op
def categorical_crossentropy(target, output, from_logits=False, axis=-1) -> Tensor:
    x = rules.convert(output)
    axis = normal_dim(axis, len(x.shape))
    return rules.like(x, [x.shape[i] for i in range(len(x.shape)) if i != axis])


@op
def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1) -> Tensor:
    x = rules.convert(output)
    axis = normal_dim(axis, len(x.shape))
    return rules.like(x, [x.shape[i] for i in range(len(x.shape)) if i != axis])


@op
def binary_crossentropy(target, output, from_logits=False) -> Tensor:
    return rules.same(output)


@op(result="(Tensor, Tensor)")
def moments(x, axes, keepdims=False, synchronized=False) -> (Tensor, Tensor):
    return rules.reduced(x, axes, keepdims, None), rules.reduced(x, axes, keepdims, None)


@op(pivot="batch_norm(x[n, ..., c], scale=scale[c], offset=offset[c], mean=mean[c], variance=variance[c], epsilon=epsilon, momentum=0.0, training=False) if axis in (-1, x.ndim - 1) else batch_norm(x[n, c, ...], scale=scale[c], offset=offset[c], mean=mean[c], variance=variance[c], epsilon=epsilon, momentum=0.0, training=False) if axis == 1 else None")
def batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=1e-3) -> Tensor:
    x = rules.convert(x)
    size = x.shape[normal_dim(axis, len(x.shape))]
    check(rules.shape_of(mean)[0] == size, "`mean` must have the size of the axis", ValueError)
    return rules.like(x)


@op(pivot="layer_norm(x, axes=axis, scale=gamma, offset=beta, epsilon=epsilon)")
def layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs) -> Tensor:
    return rules.same(x)


@op(pivot="rms_norm(x, axes=axis, scale=scale, epsilon=1e-07 if epsilon is None else epsilon)")
def rms_normalization(x, scale=None, axis=-1, epsilon=None) -> Tensor:
    return rules.same(x)


@op
def normalize(x, axis=-1, order=2, epsilon=None) -> Tensor:
    return rules.real(x)


@op
def psnr(x1, x2, max_val) -> Tensor:
    return _nw.tensor((), rules.result_dtype(x1, x2))


@op
def ctc_loss(target, output, target_length, output_length, mask_index=0) -> Tensor:
    x = rules.convert(output)
    return rules.like(x, (x.shape[0],))


@op
def ctc_decode(inputs, sequence_lengths, strategy="greedy", beam_width=100, top_paths=1, merge_repeated=True, mask_index=0) -> Any:
    return _nw.unknown("decoded sequences")


@op(pivot="transpose(attention(transpose(query, permutation=(0, 2, 1, 3)), transpose(key if key.shape[2] == query.shape[2] else repeat(key, count=query.shape[2] // key.shape[2], axis=2), permutation=(0, 2, 1, 3)), transpose(value if value.shape[2] == query.shape[2] else repeat(value, count=query.shape[2] // value.shape[2], axis=2), permutation=(0, 2, 1, 3)), mask=None, bias=bias, causal=is_causal, scale=scale, rate=0.0, training=False), permutation=(0, 2, 1, 3)) if mask is None else None")
def dot_product_attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None) -> Tensor:
    q, k, v = rules.convert(query), rules.convert(key), rules.convert(value)
    check(len(q.shape) == 4 and len(k.shape) == 4 and len(v.shape) == 4, "`dot_product_attention` only supports 4D inputs.", ValueError)
    return _nw.tensor(list(q.shape[:-1]) + [v.shape[-1]], rules.result_dtype(q, k, v))



@op
def polar(abs_, angle) -> Tensor:
    return rules.like(rules.convert(abs_), dtype="complex64")
