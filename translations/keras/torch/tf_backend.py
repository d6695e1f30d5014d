"""tensorflow.keras.backend: the functions of old."""

import math

import torch
import torch.nn.functional as F
from torch import nn


@translation("keras.src.legacy_backend.sum")
def native_legacy_backend_sum(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.sum(x, axis, keepdim=keepdims)


@adapter("keras.src.legacy_backend.sum")
def backend_sum(x, axis=None, keepdims=False):
    return reduce_sum(x, axis, keepdims)


@translation("keras.src.legacy_backend.mean")
def native_legacy_backend_mean(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.mean(x, axis, keepdim=keepdims)


@adapter("keras.src.legacy_backend.mean")
def backend_mean(x, axis=None, keepdims=False):
    return reduce_mean(x, axis, keepdims)


@translation("keras.src.legacy_backend.max")
def native_legacy_backend_max(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.amax(x, axis, keepdim=keepdims)


@adapter("keras.src.legacy_backend.max")
def backend_max(x, axis=None, keepdims=False):
    return reduce_max(x, axis, keepdims)


@translation("keras.src.legacy_backend.min")
def native_legacy_backend_min(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.amin(x, axis, keepdim=keepdims)


@adapter("keras.src.legacy_backend.min")
def backend_min(x, axis=None, keepdims=False):
    return reduce_min(x, axis, keepdims)


@adapter("keras.src.legacy_backend.prod")
def backend_prod(x, axis=None, keepdims=False):
    return reduce_product(x, axis, keepdims)


@adapter("keras.src.legacy_backend.any")
def backend_any(x, axis=None, keepdims=False):
    return reduce_any(x, axis, keepdims)


@adapter("keras.src.legacy_backend.all")
def backend_all(x, axis=None, keepdims=False):
    return reduce_all(x, axis, keepdims)


@adapter("keras.src.legacy_backend.std")
def backend_std(x, axis=None, keepdims=False):
    return reduce_deviation(x, axis, keepdims)


@adapter("keras.src.legacy_backend.var")
def backend_var(x, axis=None, keepdims=False):
    return reduce_variance(x, axis, keepdims)


@translation("keras.src.legacy_backend.argmax")
def native_legacy_backend_argmax(x, axis=-1):
    if is_tensor(x):
        return torch.argmax(x, axis)


@adapter("keras.src.legacy_backend.argmax")
def backend_argmax(x, axis=-1):
    return torch.argmax(x, axis)


@translation("keras.src.legacy_backend.argmin")
def native_legacy_backend_argmin(x, axis=-1):
    if is_tensor(x):
        return torch.argmin(x, axis)


@adapter("keras.src.legacy_backend.argmin")
def backend_argmin(x, axis=-1):
    return torch.argmin(x, axis)


@adapter("keras.src.legacy_backend.arange")
def backend_arange(start, stop=None, step=1, dtype="int32"):
    return arange(start, stop, step, dtype)


@translation("keras.src.legacy_backend.batch_flatten")
def native_legacy_backend_batch_flatten(x):
    if is_tensor(x):
        return torch.flatten(x, 1)


@adapter("keras.src.legacy_backend.batch_flatten")
def backend_batch_flatten(x):
    return torch.flatten(x, 1)


@adapter("keras.src.legacy_backend.clip")
def backend_clip(x, min_value, max_value):
    return clip(x, min_value, max_value)


@adapter("keras.src.legacy_backend.concatenate")
def backend_concatenate(tensors, axis=-1):
    return torch.cat(promoted(tensors), axis)


@translation("keras.src.legacy_backend.cumsum")
def native_legacy_backend_cumsum(x, axis=0):
    if is_tensor(x):
        return torch.cumsum(x, axis)


@adapter("keras.src.legacy_backend.cumsum")
def backend_cumsum(x, axis=0):
    return torch.cumsum(x, axis)


@translation("keras.src.legacy_backend.cumprod")
def native_legacy_backend_cumprod(x, axis=0):
    if is_tensor(x):
        return torch.cumprod(x, axis)


@adapter("keras.src.legacy_backend.cumprod")
def backend_cumprod(x, axis=0):
    return torch.cumprod(x, axis)


@adapter("keras.src.legacy_backend.dot")
def backend_dot(x, y):
    return dot_product(x, y)


@adapter("keras.src.legacy_backend.dtype")
def backend_dtype(x):
    return str(x.dtype).replace("torch.", "")


@translation("keras.src.legacy_backend.elu")
def native_legacy_backend_elu(x, alpha=1.0):
    if is_tensor(x):
        return F.elu(x, alpha)


@adapter("keras.src.legacy_backend.elu")
def backend_elu(x, alpha=1.0):
    return F.elu(x, alpha)


@translation("keras.src.legacy_backend.expand_dims")
def native_legacy_backend_expand_dims(x, axis=-1):
    if is_tensor(x):
        return torch.unsqueeze(x, axis)


@adapter("keras.src.legacy_backend.expand_dims")
def backend_expand_dims(x, axis=-1):
    return torch.unsqueeze(x, axis)


@translation("keras.src.legacy_backend.flatten")
def native_legacy_backend_flatten(x):
    if is_tensor(x):
        return torch.reshape(x, (-1,))


@adapter("keras.src.legacy_backend.flatten")
def backend_flatten(x):
    return torch.reshape(x, (-1,))


@adapter("keras.src.legacy_backend.gather")
def backend_gather(reference, indices):
    return take(reference, indices, 0)


@adapter("keras.src.legacy_backend.int_shape")
def backend_int_shape(x):
    return tuple(x.shape)


@translation("keras.src.legacy_backend.ndim")
def native_legacy_backend_ndim(x):
    if is_tensor(x):
        return x.ndim


@adapter("keras.src.legacy_backend.ndim")
def backend_ndim(x):
    return x.ndim


@adapter("keras.src.legacy_backend.l2_normalize")
def backend_l2_normalize(x, axis=None):
    return tf_l2_normalize(x, axis)


@adapter("keras.src.legacy_backend.one_hot")
def backend_one_hot(indices, num_classes):
    return one_hot(indices, num_classes)


@translation("keras.src.legacy_backend.permute_dimensions")
def native_legacy_backend_permute_dimensions(x, pattern):
    if is_tensor(x) and isinstance(pattern, (list, tuple)):
        return torch.permute(x, pattern)


@adapter("keras.src.legacy_backend.permute_dimensions")
def backend_permute_dimensions(x, pattern):
    return torch.permute(x, tuple(pattern))


@adapter("keras.src.legacy_backend.relu")
def backend_relu(x, alpha=0.0, max_value=None, threshold=0.0):
    return relu_activation(x, alpha, max_value, threshold)


@adapter("keras.src.legacy_backend.repeat")
def backend_repeat(x, n):
    return x[:, None].repeat(1, n, 1)


@adapter("keras.src.legacy_backend.repeat_elements")
def backend_repeat_elements(x, rep, axis):
    return torch.repeat_interleave(x, rep, axis)


@translation("keras.src.legacy_backend.reshape")
def native_legacy_backend_reshape(x, shape):
    if is_tensor(x) and isinstance(shape, (list, tuple)):
        return torch.reshape(x, shape)


@adapter("keras.src.legacy_backend.reshape")
def backend_reshape(x, shape):
    return torch.reshape(x, shape_tuple(shape))


@adapter("keras.src.legacy_backend.reverse")
def backend_reverse(x, axes):
    return torch.flip(x, axes_of(x, axes))


@translation("keras.src.legacy_backend.softmax")
def native_legacy_backend_softmax(x, axis=-1):
    if is_tensor(x):
        return F.softmax(x, dim=axis)


@adapter("keras.src.legacy_backend.softmax")
def backend_softmax(x, axis=-1):
    return F.softmax(x, dim=axis)


@adapter("keras.src.legacy_backend.sqrt")
def backend_sqrt(x):
    return torch.sqrt(torch.clamp(x, min=0.0))


@translation("keras.src.legacy_backend.squeeze")
def native_legacy_backend_squeeze(x, axis):
    if is_tensor(x):
        return torch.squeeze(x, axis)


@adapter("keras.src.legacy_backend.squeeze")
def backend_squeeze(x, axis):
    return torch.squeeze(x, axis)


@adapter("keras.src.legacy_backend.stack")
def backend_stack(x, axis=0):
    return torch.stack(promoted(x), axis)


@adapter("keras.src.legacy_backend.transpose")
def backend_transpose(x):
    return torch.permute(x, tuple(range(x.ndim))[::-1])


@adapter("keras.src.legacy_backend.zeros")
def backend_zeros(shape, dtype=None, name=None):
    return torch.zeros(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.src.legacy_backend.ones")
def backend_ones(shape, dtype=None, name=None):
    return torch.ones(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("keras.src.legacy_backend.cast_to_floatx")
def backend_cast_to_floatx(x):
    return tensor_of(x).to(torch.float32)


@adapter("keras.src.legacy_backend.constant")
def backend_constant(value, dtype=None, shape=None, name=None):
    return tf_constant(value, dtype, shape)


@adapter("keras.src.legacy_backend.variable")
def backend_variable(value, dtype=None, name=None, constraint=None):
    x = tensor_of(value) if dtype is None else tensor_of(value).to(torch_dtype(dtype))
    return nn.Parameter(x) if x.is_floating_point() else nn.Buffer(x)


@adapter("keras.src.legacy_backend.batch_dot")
def backend_batch_dot(x, y, axes=None):
    """Products of the samples of two batches, summed over one axis of each."""
    if axes is None:
        axes = (x.ndim - 1, y.ndim - 1 if y.ndim == 2 else y.ndim - 2)
    left, right = (axes, axes) if isinstance(axes, int) else axes
    left, right = left % x.ndim, right % y.ndim
    a = x.movedim(left, -1)
    b = y.movedim(right, 1)
    shape = (x.shape[0], *a.shape[1:-1], *b.shape[2:])
    output = torch.matmul(torch.reshape(a, (x.shape[0], -1, a.shape[-1])), torch.reshape(b, (y.shape[0], b.shape[1], -1)))
    return torch.reshape(output, shape if len(shape) > 1 else (*shape, 1))


@adapter("keras.src.legacy_backend.bias_add")
def backend_bias_add(x, bias, data_format=None):
    return tf_bias_add(x, bias)


@adapter("keras.src.legacy_backend.batch_normalization")
def backend_batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=1e-3):
    return tf_batch_normalization(x, mean, var, beta, gamma, epsilon)


@adapter("keras.src.legacy_backend.count_params")
def backend_count_params(x):
    return math.prod(x.shape)


@adapter("keras.src.legacy_backend.dropout")
def backend_dropout(x, level, noise_shape=None, seed=None):
    return tf_dropout(x, level, noise_shape)


@adapter("keras.src.legacy_backend.eye")
def backend_eye(size, dtype=None, name=None):
    return torch.eye(size, dtype=torch_dtype(dtype))


@adapter("keras.src.legacy_backend.hard_sigmoid")
def backend_hard_sigmoid(x):
    return torch.clamp(x * 0.2 + 0.5, 0.0, 1.0)


@adapter("keras.src.legacy_backend.is_sparse")
def backend_is_sparse(tensor):
    return False


@adapter("keras.src.legacy_backend.learning_phase")
def backend_learning_phase():
    return 0


@adapter("keras.src.legacy_backend.resize_images")
def backend_resize_images(x, height_factor, width_factor, data_format, interpolation="nearest"):
    return tf_resize(x, (x.shape[1] * height_factor, x.shape[2] * width_factor), method=interpolation)


@adapter("keras.src.legacy_backend.spatial_2d_padding")
def backend_spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    (top, bottom), (left, right) = padding
    first = data_format == "channels_first"
    return F.pad(x, (left, right, top, bottom) if first else (0, 0, left, right, top, bottom))


@adapter("keras.src.legacy_backend.temporal_padding")
def backend_temporal_padding(x, padding=(1, 1)):
    return F.pad(x, (0, 0, padding[0], padding[1]))


@adapter("keras.src.legacy_backend.switch")
def backend_switch(condition, then_expression, else_expression):
    """Where a truth value holds, one thing; elsewhere the other."""
    then = then_expression() if callable(then_expression) else then_expression
    other = else_expression() if callable(else_expression) else else_expression
    while condition.ndim < then.ndim:
        condition = condition[..., None]
    return torch.where(condition, then, other)


@dropped("keras.src.legacy_backend.set_value", note="values of weights")
def backend_set_value(x, value):
    pass


@adapter("keras.src.legacy_backend.spatial_3d_padding")
def backend_spatial_3d_padding(x, padding=((1, 1), (1, 1), (1, 1)), data_format=None):
    widths = [width for pair in padding[::-1] for width in pair]
    return F.pad(x, widths if data_format == "channels_first" else [0, 0, *widths])


@adapter("keras.src.legacy_backend.conv1d")
def backend_conv1d(x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    if padding == "causal":
        x, padding = backend_temporal_padding(x, (dilation_rate * (kernel.shape[0] - 1), 0)), "valid"
    return tf_conv1d(x, kernel, strides, padding.upper(), "NCW" if data_format == "channels_first" else "NWC", dilation_rate)


@adapter("keras.src.legacy_backend.conv2d")
def backend_conv2d(x, kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf_conv2d(x, kernel, strides, padding.upper(), "NCHW" if data_format == "channels_first" else "NHWC", dilation_rate)


@adapter("keras.src.legacy_backend.conv3d")
def backend_conv3d(x, kernel, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1)):
    return tf_conv3d(x, kernel, strides, padding.upper(), "NCDHW" if data_format == "channels_first" else "NDHWC", dilation_rate)


@adapter("keras.src.legacy_backend.depthwise_conv2d")
def backend_depthwise_conv2d(x, depthwise_kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf_depthwise_conv2d(x, depthwise_kernel, (1, *strides, 1), padding.upper(), "NCHW" if data_format == "channels_first" else "NHWC", dilation_rate)


@adapter("keras.src.legacy_backend.separable_conv2d")
def backend_separable_conv2d(x, depthwise_kernel, pointwise_kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf_conv2d(backend_depthwise_conv2d(x, depthwise_kernel, strides, padding, data_format, dilation_rate), pointwise_kernel, 1, "VALID")


@adapter("keras.src.legacy_backend.pool2d")
def backend_pool2d(x, pool_size, strides=(1, 1), padding="valid", data_format=None, pool_mode="max"):
    pool = {"max": max_pool, "avg": average_pool}[pool_mode]
    return pool_images(pool, x, pool_size, strides, padding, "NCHW" if data_format == "channels_first" else "NHWC")


@adapter("keras.src.legacy_backend.pool3d")
def backend_pool3d(x, pool_size, strides=(1, 1, 1), padding="valid", data_format=None, pool_mode="max"):
    pool = {"max": max_pool, "avg": average_pool}[pool_mode]
    return pool_images(pool, x, pool_size, strides, padding, "NCDHW" if data_format == "channels_first" else "NDHWC")


@adapter("keras.src.legacy_backend.map_fn")
def backend_map_fn(fn, elems, name=None, dtype=None):
    return tf_map_fn(fn, elems)


@adapter("keras.src.legacy_backend.foldl")
def backend_foldl(fn, elems, initializer=None, name=None):
    return tf_foldl(fn, elems, initializer)


@adapter("keras.src.legacy_backend.binary_crossentropy")
def backend_binary_crossentropy(target, output, from_logits=False):
    if from_logits:
        return tf_sigmoid_cross_entropy_with_logits(target, output)
    output = torch.clamp(output, 1e-07, 1 - 1e-07)
    return -(target * torch.log(output + 1e-07) + (1 - target) * torch.log(1 - output + 1e-07))


@adapter("keras.src.legacy_backend.random_bernoulli")
def backend_random_bernoulli(shape, p=0.0, dtype=None, seed=None):
    return (torch.rand(tuple(shape)) <= p).to(torch_dtype(dtype))
