"""tensorflow.keras.backend: the functions of old, which are those of TensorFlow."""
from __future__ import annotations

import _nw
import tensorflow as tf
from keras.src import dtypes, state
from keras.src.backend import (KerasTensor, backend, clear_session, epsilon, floatx, get_uid, image_data_format, is_float_dtype, is_int_dtype, is_keras_tensor,
                               result_type, set_epsilon, set_floatx, set_image_data_format, standardize_dtype)
from tensorflow import abs, cast, clip_by_value, cos, equal, exp, greater, greater_equal, less, less_equal, maximum, minimum, name_scope, not_equal, ones_like
from tensorflow import pow, round, shape, sign, sin, square, stop_gradient, tanh, tile, zeros_like
from tensorflow.math import log, sigmoid, softplus, softsign


def all(x, axis=None, keepdims=False):
    return tf.reduce_all(tf.cast(x, "bool"), axis, keepdims)


def any(x, axis=None, keepdims=False):
    return tf.reduce_any(tf.cast(x, "bool"), axis, keepdims)


def argmax(x, axis=-1):
    return tf.argmax(x, axis)


def argmin(x, axis=-1):
    return tf.argmin(x, axis)


def arange(start, stop=None, step=1, dtype="int32"):
    return tf.cast(tf.range(start, stop, step), dtype) if dtype != "int32" else tf.range(start, stop, step)


def batch_flatten(x):
    return tf.reshape(x, [-1, _nw.prod(x.shape[1:])])


def batch_normalization(x, mean, var, beta, gamma, axis=-1, epsilon=1e-3):
    return tf.nn.batch_normalization(x, mean, var, beta, gamma, epsilon)


def bias_add(x, bias, data_format=None):
    if state.data_format(data_format) == "channels_first" or len(bias.shape) != 1:
        return _nw.unknown("bias_add with channels first")
    return tf.nn.bias_add(x, bias)


def cast_to_floatx(x):
    return tf.cast(x, floatx())


def clip(x, min_value, max_value):
    return tf.clip_by_value(x, min_value, max_value)


def concatenate(tensors, axis=-1):
    return tf.concat(tensors, axis)


def constant(value, dtype=None, shape=None, name=None):
    return tf.constant(value, dtype=floatx() if dtype is None else dtype, shape=shape)


def count_params(x):
    return _nw.prod(x.shape)


def cumsum(x, axis=0):
    return tf.cumsum(x, axis=axis)


def cumprod(x, axis=0):
    return tf.math.cumprod(x, axis=axis)


def dot(x, y):
    if len(x.shape) > 2 or len(y.shape) > 2:
        return tf.tensordot(x, y, [[len(x.shape) - 1], [_larger(len(y.shape) - 2, 0)]])
    return tf.matmul(x, y)


def _larger(a, b):
    return a if a > b else b


def dropout(x, level, noise_shape=None, seed=None):
    return tf.nn.dropout(x, rate=level, noise_shape=noise_shape)


def dtype(x):
    return dtypes.name_of(x)


def elu(x, alpha=1.0):
    from keras.src.ops import nn
    return nn.elu(x, alpha)


def eval(x):
    return _nw.unknown("the contents of a tensor")


def expand_dims(x, axis=-1):
    return tf.expand_dims(x, axis)


def eye(size, dtype=None, name=None):
    return tf.eye(size, dtype=floatx() if dtype is None else dtype)


def flatten(x):
    return tf.reshape(x, [-1])


def gather(reference, indices):
    return tf.gather(reference, indices)


def get_value(x):
    return _nw.unknown("the contents of a weight")


def hard_sigmoid(x):
    return tf.clip_by_value(tf.add(tf.multiply(x, 0.2), 0.5), 0.0, 1.0)


def int_shape(x):
    return tuple(x.shape)


def is_sparse(tensor):
    return False


def l2_normalize(x, axis=None):
    return tf.linalg.l2_normalize(x, axis=axis)


def learning_phase():
    return 0


def max(x, axis=None, keepdims=False):
    return tf.reduce_max(x, axis, keepdims)


def mean(x, axis=None, keepdims=False):
    return tf.reduce_mean(tf.cast(x, floatx()) if dtypes.name_of(x) == "bool" else x, axis, keepdims)


def min(x, axis=None, keepdims=False):
    return tf.reduce_min(x, axis, keepdims)


def ndim(x):
    return len(x.shape)


def one_hot(indices, num_classes):
    return tf.one_hot(indices, depth=num_classes, axis=-1)


def ones(shape, dtype=None, name=None):
    return tf.ones(shape, floatx() if dtype is None else dtype)


def permute_dimensions(x, pattern):
    return tf.transpose(x, perm=pattern)


def prod(x, axis=None, keepdims=False):
    return tf.reduce_prod(x, axis, keepdims)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return tf.random.normal(shape, mean, stddev, floatx() if dtype is None else dtype)


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    return tf.random.uniform(shape, minval, maxval, floatx() if dtype is None else dtype)


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    if threshold != 0 or (max_value is not None and max_value != 6):
        from keras import activations
        return activations.relu(x, negative_slope=alpha, max_value=max_value, threshold=threshold)
    if alpha != 0.0:
        return _nw.unknown("a leaky relu with a limit") if max_value is not None else tf.nn.leaky_relu(x, alpha=alpha)
    return tf.nn.relu(x) if max_value is None else tf.nn.relu6(x)


def repeat(x, n):
    return tf.tile(tf.expand_dims(x, 1), [1, n, 1])


def repeat_elements(x, rep, axis):
    return tf.repeat(x, rep, axis=axis)


def reshape(x, shape):
    return tf.reshape(x, shape)


def resize_images(x, height_factor, width_factor, data_format, interpolation="nearest"):
    if data_format != "channels_last":
        return _nw.unknown("resize_images with channels first")
    return tf.image.resize(x, [x.shape[1] * height_factor, x.shape[2] * width_factor], method=interpolation)


def reverse(x, axes):
    return tf.reverse(x, [axes] if isinstance(axes, int) else axes)


def set_value(x, value):
    return None


def softmax(x, axis=-1):
    return tf.nn.softmax(x, axis=axis)


def spatial_2d_padding(x, padding=((1, 1), (1, 1)), data_format=None):
    if state.data_format(data_format) == "channels_first":
        return tf.pad(x, [[0, 0], [0, 0], list(padding[0]), list(padding[1])])
    return tf.pad(x, [[0, 0], list(padding[0]), list(padding[1]), [0, 0]])


def sqrt(x):
    return tf.sqrt(tf.clip_by_value(x, 0.0, float("inf")))


def squeeze(x, axis):
    return tf.squeeze(x, [axis])


def stack(x, axis=0):
    return tf.stack(x, axis=axis)


def std(x, axis=None, keepdims=False):
    return tf.math.reduce_std(x, axis=axis, keepdims=keepdims)


def sum(x, axis=None, keepdims=False):
    return tf.reduce_sum(x, axis, keepdims)


def switch(condition, then_expression, else_expression):
    return _nw.unknown("switch")


def temporal_padding(x, padding=(1, 1)):
    return tf.pad(x, [[0, 0], [padding[0], padding[1]], [0, 0]])


def transpose(x):
    return tf.transpose(x)


def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return tf.random.truncated_normal(shape, mean, stddev, floatx() if dtype is None else dtype)


def update(x, new_x):
    return None


def update_add(x, increment):
    return None


def update_sub(x, decrement):
    return None


def var(x, axis=None, keepdims=False):
    return tf.math.reduce_variance(x, axis=axis, keepdims=keepdims)


def variable(value, dtype=None, name=None, constraint=None):
    return tf.Variable(value, dtype=dtype, name=name)


def zeros(shape, dtype=None, name=None):
    return tf.zeros(shape, floatx() if dtype is None else dtype)


def batch_dot(x, y, axes=None):
    rank, other = len(x.shape), len(y.shape)
    if axes is None:
        axes = (rank - 1, other - 1 if other == 2 else other - 2)
    left, right = (axes, axes) if isinstance(axes, int) else axes
    left, right = left % rank, right % other
    a = tf.transpose(x, [i for i in range(rank) if i != left] + [left])
    b = tf.transpose(y, [0, right] + [i for i in range(1, other) if i != right])
    made = list(a.shape[:-1]) + list(b.shape[2:])
    output = tf.matmul(tf.reshape(a, [a.shape[0], -1, a.shape[-1]]), tf.reshape(b, [b.shape[0], b.shape[1], -1]))
    return tf.reshape(output, made if len(made) > 1 else made + [1])


def _kernel_arguments(strides, padding, data_format, dilation_rate, last, first):
    return strides, padding.upper(), first if state.data_format(data_format) == "channels_first" else last, dilation_rate


def conv1d(x, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    if padding == "causal":
        x, padding = temporal_padding(x, (dilation_rate * (kernel.shape[0] - 1), 0)), "valid"
    return tf.nn.conv1d(x, kernel, *_kernel_arguments(strides, padding, data_format, dilation_rate, "NWC", "NCW"))


def conv2d(x, kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf.nn.conv2d(x, kernel, *_kernel_arguments(strides, padding, data_format, dilation_rate, "NHWC", "NCHW"))


def conv3d(x, kernel, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1)):
    return tf.nn.conv3d(x, kernel, *_kernel_arguments(strides, padding, data_format, dilation_rate, "NDHWC", "NCDHW"))


def depthwise_conv2d(x, depthwise_kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf.nn.depthwise_conv2d(x, depthwise_kernel, *_kernel_arguments((1,) + strides + (1,), padding, data_format, dilation_rate, "NHWC", "NCHW"))


def separable_conv2d(x, depthwise_kernel, pointwise_kernel, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1)):
    return tf.nn.separable_conv2d(x, depthwise_kernel, pointwise_kernel, *_kernel_arguments((1,) + tuple(strides) + (1,), padding, data_format, dilation_rate, "NHWC", "NCHW"))


def pool2d(x, pool_size, strides=(1, 1), padding="valid", data_format=None, pool_mode="max"):
    order = "NCHW" if state.data_format(data_format) == "channels_first" else "NHWC"
    return {"max": tf.nn.max_pool2d, "avg": tf.nn.avg_pool2d}[pool_mode](x, pool_size, strides, padding.upper(), order)


def pool3d(x, pool_size, strides=(1, 1, 1), padding="valid", data_format=None, pool_mode="max"):
    order = "NCDHW" if state.data_format(data_format) == "channels_first" else "NDHWC"
    return {"max": tf.nn.max_pool3d, "avg": tf.nn.avg_pool3d}[pool_mode](x, pool_size, strides, padding.upper(), order)


def map_fn(fn, elems, name=None, dtype=None):
    return tf.map_fn(fn, elems, dtype)


def foldl(fn, elems, initializer=None, name=None):
    return tf.foldl(fn, elems, initializer)


def binary_crossentropy(target, output, from_logits=False):
    if from_logits:
        return tf.nn.sigmoid_cross_entropy_with_logits(target, output)
    output = tf.clip_by_value(output, epsilon(), 1.0 - epsilon())
    return -(target * log(output + epsilon()) + (1 - target) * log(1 - output + epsilon()))


def spatial_3d_padding(x, padding=((1, 1), (1, 1), (1, 1)), data_format=None):
    widths = [list(one) for one in padding]
    return tf.pad(x, [[0, 0], [0, 0]] + widths if state.data_format(data_format) == "channels_first" else [[0, 0]] + widths + [[0, 0]])


def random_bernoulli(shape, p=0.0, dtype=None, seed=None):
    dtype = floatx() if dtype is None else dtype
    return tf.where(tf.random.uniform(shape, dtype=dtype) <= p, tf.ones(shape, dtype), tf.zeros(shape, dtype))
