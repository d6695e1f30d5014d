"""Functions of keras.ops, keras.activations and tensorflow against their rows."""

import numpy as np
import pytest
from keras_side import check_value, floats

UNARY = ["exp", "expm1", "sin", "cos", "tan", "arcsinh", "arctan", "sinh", "cosh", "erf", "floor", "ceil", "trunc", "exp2", "deg2rad", "rad2deg", "square",
         "sign", "isfinite", "isinf", "isnan", "absolute", "abs", "negative", "logical_not", "sigmoid", "tanh", "silu", "swish", "softplus", "softsign",
         "log_sigmoid", "hard_sigmoid", "hard_silu", "hard_swish", "relu6", "selu", "tanh_shrink", "hard_tanh", "relu", "leaky_relu", "elu", "celu", "gelu",
         "hard_shrink", "soft_shrink", "squareplus", "sparse_plus", "sparse_sigmoid", "softmax", "log_softmax", "nan_to_num", "round", "stop_gradient", "copy"]


@pytest.mark.parametrize("name", UNARY)
def test_of_each_element(name):
    check_value(f"ops.{name}(x)", x=floats(3, 4, low=-4, high=4))


@pytest.mark.parametrize("name", ["log", "log10", "log1p", "log2", "sqrt", "rsqrt", "reciprocal", "arccosh"])
def test_of_positive_elements(name):
    check_value(f"ops.{name}(x)", x=floats(3, 4, low=1.1, high=4))


@pytest.mark.parametrize("name", ["arcsin", "arccos", "arctanh", "erfinv"])
def test_of_small_elements(name):
    check_value(f"ops.{name}(x)", x=floats(3, 4, low=-0.9, high=0.9))


@pytest.mark.parametrize("name", ["add", "subtract", "multiply", "divide", "maximum", "minimum", "equal", "not_equal", "greater", "greater_equal", "less",
                                  "less_equal", "logical_and", "logical_or", "logical_xor", "arctan2", "logaddexp", "divide_no_nan", "mod", "floor_divide",
                                  "true_divide"])
def test_of_two(name):
    check_value(f"ops.{name}(x, y)", x=floats(3, 4), y=floats(3, 4))
    check_value(f"ops.{name}(x, y)", x=floats(2, 3, 4), y=floats(2, 1, 4))
    if not name.startswith("logical"):
        check_value(f"ops.{name}(x, 2.0)", x=floats(3, 4))


@pytest.mark.parametrize("text", [
    "ops.multiply(2.0, x)", "ops.power(ops.abs(x), 3)", "ops.power(2.0, x)", "ops.clip(x, -1, 1)", "ops.clip(x, 0.5, 3)", "ops.where(x > 0, x, 0.0)",
    "ops.where(x > 0, x, -x)", "ops.cast(x > 0, 'float32')", "ops.cast(x, 'int32')", "ops.cast(x * 3, dtype='bool')", "ops.convert_to_tensor(x)",
    "ops.sum(x)", "ops.sum(x, axis=1)", "ops.sum(x, axis=(1, 2), keepdims=True)", "ops.sum(x > 0, axis=1)", "ops.sum(ops.cast(x, 'int32'), axis=-1)",
    "ops.mean(x)", "ops.mean(x, axis=-1)", "ops.mean(x, axis=[1, 2], keepdims=True)", "ops.mean(x > 0)", "ops.var(x, axis=1)", "ops.std(x, axis=-1, keepdims=True)",
    "ops.max(x)", "ops.max(x, axis=1)", "ops.min(x, axis=(1, 2))", "ops.amax(x, axis=1, keepdims=True)", "ops.amin(x)", "ops.prod(x, axis=1)", "ops.prod(x)",
    "ops.all(x > -1, axis=1)", "ops.any(x > 1)", "ops.logsumexp(x, axis=1)", "ops.logsumexp(x)", "ops.argmax(x, axis=1)", "ops.argmin(x)",
    "ops.argmax(x, axis=-1, keepdims=True)", "ops.count_nonzero(x > 0, axis=1)", "ops.cumsum(x, axis=1)", "ops.cumprod(x, axis=-1)", "ops.cumsum(x)",
    "ops.moments(x, axes=[1])", "ops.moments(x, [0, 2], keepdims=True)", "ops.norm(x, axis=-1)", "ops.norm(x, ord=1, axis=1, keepdims=True)",
    "ops.normalize(x, axis=1)", "ops.normalize(x, order=1)", "ops.median(x, axis=1)", "ops.sort(x, axis=1)", "ops.argsort(x)", "ops.top_k(x, 2)",
    "ops.reshape(x, (-1, 4))", "ops.reshape(x, [2, 12])", "ops.reshape(x, (ops.shape(x)[0], -1))", "ops.reshape(x, -1)", "ops.transpose(x)",
    "ops.transpose(x, (0, 2, 1))", "ops.transpose(x, axes=[2, 0, 1])", "ops.concatenate([x, x], axis=1)", "ops.concatenate((x, x))", "ops.stack([x, x])",
    "ops.stack([x, x], axis=-1)", "ops.unstack(x, axis=1)", "ops.split(x, 2, axis=2)", "ops.split(x, [1, 3], axis=-1)", "ops.expand_dims(x, 1)",
    "ops.expand_dims(x, axis=-1)", "ops.expand_dims(x, axis=(1, -1))", "ops.squeeze(ops.expand_dims(x, 1), 1)", "ops.squeeze(x[:1], axis=0)",
    "ops.swapaxes(x, 1, 2)", "ops.moveaxis(x, -1, 1)", "ops.tile(x, (1, 2, 1))", "ops.tile(x, 2)", "ops.repeat(x, 2, axis=1)", "ops.repeat(x, 2)",
    "ops.broadcast_to(x[:, :1], (2, 3, 4))", "ops.flip(x, axis=1)", "ops.flip(x)", "ops.roll(x, 1, axis=2)", "ops.roll(x, 2)", "ops.ravel(x)",
    "ops.pad(x, ((0, 0), (1, 2), (0, 1)))", "ops.pad(x, ((1, 1), (0, 0), (2, 0)), constant_values=2.0)", "ops.pad(x, ((0, 0), (1, 2), (1, 1)), mode='reflect')",
    "ops.pad(x, ((0, 0), (1, 2), (1, 1)), 'symmetric')", "ops.take(x, [0, 2], axis=1)", "ops.take(x, 1, axis=-1)", "ops.take(x, [[0, 1], [1, -1]], axis=1)",
    "ops.take_along_axis(x, ops.argsort(x, axis=1), axis=1)", "ops.slice(x, (0, 1, 1), (2, 2, 2))", "ops.slice_update(x[:, 0], (0, 1), ops.negative(x[:, 1, :2]))",
    "ops.tril(x)", "ops.triu(x, 1)", "ops.diagonal(x, axis1=1, axis2=2)", "ops.hstack([x, x])", "ops.vstack([x, x])", "ops.zeros_like(x)",
    "ops.ones_like(x)", "ops.full_like(x, 3)", "ops.einsum('abc,abd->acd', x, x)", "ops.einsum('abc->ac', x)", "ops.matmul(x, ops.transpose(x, (0, 2, 1)))",
    "ops.dot(x, ops.transpose(x[0]))", "ops.tensordot(x, x, axes=[[1, 2], [1, 2]])", "ops.outer(x[0, 0], x[0, 1])", "ops.trace(x[:, :, :3], axis1=1, axis2=2)",
    "ops.layer_normalization(x, axis=-1, epsilon=1e-3)", "ops.layer_normalization(x)", "ops.rms_normalization(x)", "x[:, ::2]", "x[..., -1]", "x[:, None, 1:]",
    "ops.isclose(x, x + 1e-9)", "ops.softmax(x, axis=1)", "ops.softmax(x, axis=(1, 2))", "ops.log_softmax(x, axis=1)", "ops.gelu(x, approximate=False)",
    "ops.leaky_relu(x, 0.3)", "ops.elu(x, alpha=0.5)", "ops.glu(x)", "ops.threshold(x, 0.5, -1.0)", "ops.size(x[0, 0])", "ops.ndim(x)", "ops.shape(x)",
    "keras.activations.relu(x)", "keras.activations.relu(x, max_value=6)", "keras.activations.relu(x, 0.1)", "keras.activations.relu(x, 0.1, 1.5, 0.5)",
    "keras.activations.gelu(x)", "keras.activations.gelu(x, approximate=True)", "keras.activations.softmax(x)", "keras.activations.get('relu')(x)",
    "keras.activations.get('softmax')(x)", "keras.activations.get(None)(x)", "keras.activations.linear(x)", "keras.activations.mish(x)",
    "keras.activations.exponential(x)", "keras.activations.leaky_relu(x)", "keras.activations.hard_sigmoid(x)", "keras.activations.glu(x)"])
def test_of_one_tensor(text):
    check_value(text, x=floats(2, 3, 4, low=-3, high=3))


@pytest.mark.parametrize("text", ["ops.zeros((2, 3))", "ops.ones(4)", "ops.ones((2, 2), dtype='int32')", "ops.full((2,), 1.5)", "ops.arange(5)", "ops.arange(1.0, 3.0)",
                                  "ops.arange(0, 10, 2)", "ops.arange(3, dtype='float32')", "ops.linspace(0.0, 1.0, 5)", "ops.linspace(0, 2, 4, endpoint=False)",
                                  "ops.eye(3)", "ops.eye(2, 4)", "ops.identity(3)", "ops.tri(3, 4)", "ops.convert_to_tensor([1.0, 2.0])",
                                  "ops.convert_to_tensor(3)", "ops.array([[1, 2]])", "ops.sqrt(4.0)", "ops.cast(3, 'float32')", "ops.meshgrid(ops.arange(2), ops.arange(3))",
                                  "ops.one_hot(ops.array([1, 0, 2]), 3)", "ops.one_hot(ops.array([[1, -1]]), 3, axis=1)", "ops.where(ops.array([True, False]))"])
def test_of_no_tensor(text):
    check_value(text)


def test_of_matrices():
    x = floats(1, 3, 3) + 3 * np.eye(3, dtype="float32")
    symmetric = x @ x.transpose(0, 2, 1)
    check_value("ops.inv(x)", x=x)
    check_value("ops.det(x)", x=x)
    check_value("ops.solve(x, y)", x=x, y=floats(1, 3, 2))
    check_value("ops.cholesky(x)", x=symmetric)
    check_value("ops.cross(x, y)", x=x, y=floats(1, 3, 3))


@pytest.mark.parametrize("text", ["ops.dot_product_attention(q, k, v)", "ops.dot_product_attention(q, k, v, is_causal=True)",
                                  "ops.dot_product_attention(q, k, v, scale=0.3)"])
def test_attention(text):
    check_value(text, q=floats(2, 5, 2, 4), k=floats(2, 5, 2, 4), v=floats(2, 5, 2, 4))


@pytest.mark.parametrize("text", ["ops.conv(x, w, 1, 'same')", "ops.conv(x, w, strides=2, padding='valid')", "ops.depthwise_conv(x, w, 1, 'same')",
                                  "ops.conv(x, w, strides=2, padding='same')"])
def test_convolution(text):
    check_value(text, x=floats(2, 7, 8, 4), w=floats(3, 3, 4, 5))


@pytest.mark.parametrize("text", ["ops.max_pool(x, 2)", "ops.average_pool(x, 3, 2, 'same')", "ops.image.resize(x, (14, 16))", "ops.image.resize(x, (3, 4))",
                                  "ops.image.resize(x, (5, 9), interpolation='nearest')", "ops.batch_normalization(x, m, v, -1)",
                                  "ops.batch_normalization(x, m, v, axis=3, offset=m, scale=v, epsilon=1e-5)"])
def test_images(text):
    names = {"m": floats(4), "v": floats(4, low=0.5)} if " m" in text else {}
    check_value(text, x=floats(2, 7, 8, 4), **names)


TENSORFLOW = ["exp", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid", "floor", "abs", "negative", "sign", "square", "round", "math.expm1",
              "math.erf", "math.erfc", "math.ceil", "math.asinh", "math.rint", "math.is_nan", "math.is_inf", "math.is_finite", "math.log_sigmoid",
              "math.softplus", "math.softsign", "nn.relu", "nn.relu6", "nn.elu", "nn.selu", "nn.silu", "nn.leaky_relu", "nn.gelu", "nn.softmax",
              "nn.log_softmax", "identity", "stop_gradient", "zeros_like", "ones_like", "rank", "size", "reduce_sum", "reduce_mean", "reduce_max",
              "reduce_min", "reduce_prod", "math.reduce_variance", "math.reduce_std", "reduce_logsumexp", "argmax", "argmin", "cumsum", "norm", "sort",
              "transpose", "squeeze", "unstack", "math.l2_normalize", "image.flip_left_right", "image.flip_up_down", "linalg.matrix_transpose"]


@pytest.mark.parametrize("name", TENSORFLOW)
def test_tensorflow(name):
    check_value(f"tf.{name}(x)", symbolic=False, x=floats(2, 3, 4))


@pytest.mark.parametrize("text", [
    "tf.math.log(x + 3)", "tf.sqrt(x + 3)", "tf.math.log1p(x + 3)", "tf.math.rsqrt(x + 3)", "tf.math.reciprocal(x + 3)", "tf.add(x, y)", "tf.subtract(x, y)",
    "tf.multiply(x, 2.0)", "tf.pow(x, 2)", "tf.truediv(x, y)", "tf.maximum(x, y)", "tf.minimum(x, 0.0)", "tf.equal(x, y)", "tf.less(x, y)",
    "tf.greater_equal(x, 0.0)", "tf.logical_and(x > 0, y > 0)", "tf.logical_not(x > 0)", "tf.math.floordiv(x, y)", "tf.math.floormod(x, y)",
    "tf.math.atan2(x, y)", "tf.math.squared_difference(x, y)", "tf.math.divide_no_nan(x, y)", "tf.add_n([x, y, x])", "tf.clip_by_value(x, -1.0, 1.0)",
    "tf.where(x > 0, x, y)", "tf.where(x > 0, x, 0.0)", "tf.cast(x, tf.int32)", "tf.cast(x > 0, 'float32')", "tf.cast(x > 0, dtype=tf.float32)",
    "tf.convert_to_tensor([1.0, 2.0])", "tf.constant([1, 2])", "tf.constant(2.0, shape=(2, 3))", "tf.nn.leaky_relu(x, alpha=0.1)",
    "tf.nn.gelu(x, approximate=True)", "tf.nn.softmax(x, axis=1)", "tf.nn.bias_add(x, y[0, 0])", "tf.reduce_sum(x, axis=1)",
    "tf.reduce_mean(x, axis=[1, 2], keepdims=True)", "tf.reduce_max(x, axis=-1)", "tf.reduce_any(x > 1, axis=1)", "tf.reduce_all(x > -1)",
    "tf.reduce_logsumexp(x, axis=1)", "tf.math.reduce_std(x, axis=1)", "tf.math.l2_normalize(x, axis=-1)", "tf.nn.moments(x, axes=[1])",
    "tf.argmax(x, axis=1)", "tf.argmax(x, axis=1, output_type=tf.int32)", "tf.cumsum(x, axis=1, exclusive=True)", "tf.cumsum(x, 1, reverse=True)",
    "tf.norm(x, axis=-1)", "tf.norm(x, ord=1, axis=1, keepdims=True)", "tf.sort(x, direction='DESCENDING')", "tf.math.top_k(x, k=2)",
    "tf.reshape(x, [2, -1])", "tf.reshape(x, (tf.shape(x)[0], -1))", "tf.reshape(x, [-1])", "tf.transpose(x, [0, 2, 1])", "tf.transpose(x, perm=(2, 0, 1))",
    "tf.expand_dims(x, -1)", "tf.expand_dims(x, axis=1)", "tf.squeeze(x[:1], 0)", "tf.squeeze(x[:1], axis=[0])", "tf.concat([x, y], axis=-1)",
    "tf.concat([x, y], 1)", "tf.stack([x, y], axis=1)", "tf.unstack(x, axis=2)", "tf.split(x, 2, axis=2)", "tf.split(x, [1, 3], axis=-1)",
    "tf.tile(x, [1, 2, 1])", "tf.repeat(x, 2, axis=1)", "tf.broadcast_to(x[:, :1], [2, 3, 4])", "tf.reverse(x, axis=[1])", "tf.roll(x, shift=1, axis=1)",
    "tf.pad(x, [[0, 0], [1, 2], [0, 1]])", "tf.pad(x, [[0, 0], [1, 1], [2, 1]], 'REFLECT')", "tf.gather(x, [0, 2], axis=1)", "tf.gather(x, 1)",
    "tf.gather_nd(x, tf.constant([[0, 1], [1, 2]]))", "tf.slice(x, [0, 1, 1], [2, -1, 2])", "tf.one_hot(tf.constant([0, 2]), 3)",
    "tf.boolean_mask(x, x > 0)", "tf.zeros((2, 3))", "tf.ones([2], dtype=tf.int32)", "tf.fill([2, 2], 1.5)", "tf.range(5)", "tf.range(1, 7, 2)", "tf.eye(3)",
    "tf.sequence_mask(tf.constant([1, 3]), 4)", "tf.matmul(x, y, transpose_b=True)", "tf.matmul(x, tf.transpose(y, [0, 2, 1]))",
    "tf.einsum('abc,abd->acd', x, y)", "tf.tensordot(x, y, axes=[[1, 2], [1, 2]])", "tf.linalg.band_part(x, -1, 0)", "tf.linalg.band_part(x, 1, 1)",
    "tf.nn.embedding_lookup(x[0], tf.constant([0, 2]))", "tf.nn.batch_normalization(x, y[0, 0], y[0, 1] + 3, None, None, 1e-3)",
    "tf.nn.batch_normalization(x, y[0, 0], y[0, 1] + 3, y[0, 0], y[0, 2], 1e-3)"])
def test_tensorflow_with_arguments(text):
    check_value(text, symbolic=False, x=floats(2, 3, 4), y=floats(2, 3, 4))


@pytest.mark.parametrize("text", ["tf.nn.depth_to_space(x, 2)", "tf.nn.space_to_depth(x, 2)", "tf.nn.conv2d(x, w, 1, 'SAME')",
                                  "tf.nn.conv2d(x, w, strides=[1, 2, 2, 1], padding='VALID')", "tf.nn.max_pool2d(x, 2, 2, 'VALID')",
                                  "tf.nn.avg_pool2d(x, 3, 2, 'SAME')", "tf.image.resize(x, (12, 16))", "tf.image.resize(x, [3, 4], method='nearest')"])
def test_tensorflow_images(text):
    check_value(text, symbolic=False, x=floats(2, 6, 8, 4), w=floats(3, 3, 4, 5))


@pytest.mark.parametrize("text", [
    "tf.math.multiply_no_nan(x, tf.nn.relu(y))", "tf.math.xlogy(tf.nn.relu(x), tf.abs(y) + 1.0)", "tf.math.xdivy(tf.nn.relu(x), y)",
    "tf.math.count_nonzero(tf.nn.relu(x), axis=1)", "tf.math.reduce_euclidean_norm(x, axis=1)", "tf.math.cumprod(x, axis=1)", "tf.math.scalar_mul(2.0, x)",
    "tf.math.unsorted_segment_sum(x[0], tf.constant([0, 2, 0]), 4)", "tf.math.unsorted_segment_mean(x[0], tf.constant([0, 2, 0]), 4)",
    "tf.linalg.matvec(x, y[:, 0])", "tf.linalg.matvec(x, y[:, :, 0], transpose_a=True)", "tf.linalg.diag(x)", "tf.linalg.diag_part(x)", "tf.linalg.trace(x)",
    "tf.linalg.set_diag(x[:, :3, :3], y[:, 0, :3])", "tf.nn.crelu(x)", "tf.nn.l2_loss(x)", "tf.nn.softmax_cross_entropy_with_logits(labels=tf.abs(y), logits=x)",
    "tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.abs(y), logits=x)", "tf.clip_by_norm(x, 1.5)", "tf.clip_by_norm(x, 1.0, axes=[2])",
    "tf.signal.frame(x, 2, 1)", "tf.signal.frame(x, 2, 2, axis=1)", "tf.signal.frame(x, 3, 2, pad_end=True, pad_value=1)", "tf.abs(tf.signal.rfft(x))",
    "tf.abs(tf.signal.stft(x, 3, 1))", "tf.math.real(tf.signal.rfft(x, [6]))", "tf.signal.irfft(tf.signal.rfft(x))", "tf.signal.hann_window(8)",
    "tf.signal.hamming_window(7, periodic=False)", "tf.argsort(x, axis=1)", "tf.argsort(x, direction='DESCENDING')", "tf.linspace(0.0, 2.0, 5)",
    "tf.meshgrid(tf.range(3), tf.range(2))", "tf.meshgrid(tf.range(3), tf.range(2), indexing='ij')", "tf.ensure_shape(x, (2, 3, 4))",
    "tf.scatter_nd(tf.constant([[0], [2], [0]]), x[0], (4, 4))", "tf.tensor_scatter_nd_update(x[0], tf.constant([[0], [2]]), y[0, :2])",
    "tf.tensor_scatter_nd_add(x[0], tf.constant([[0], [2]]), y[0, :2])", "tf.map_fn(lambda one: one * 2.0, x)", "tf.map_fn(lambda both: both[0] + both[1], (x, y), dtype='float32')",
    "tf.cond(True, lambda: x, lambda: y)", "tf.tensordot(x, y[0], axes=(-1, 1))", "tf.nn.local_response_normalization(x[:, None], depth_radius=1, alpha=0.5)"])
def test_tensorflow_composed(text):
    check_value(text, symbolic=False, x=floats(2, 3, 4), y=floats(2, 3, 4))


@pytest.mark.parametrize("text", ["tf.nn.conv2d_transpose(x, w, (2, 12, 16, 5), 2, 'SAME')", "tf.nn.conv2d_transpose(x, w, [2, 8, 10, 5], [1, 1, 1, 1], 'VALID')",
                                  "tf.nn.conv2d_transpose(x, w, (2, 6, 8, 5), 1)"])
def test_tensorflow_transposed_convolution(text):
    check_value(text, symbolic=False, x=floats(2, 6, 8, 4), w=floats(3, 3, 5, 4))
