"""Functions of keras.ops, keras.activations and tensorflow against their rows."""

import numpy as np
import pytest
from keras_side import RANDOM, check_value, floats

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
    x = floats(1, 3, 3) + 8 * np.eye(3, dtype="float32")
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
                                  "ops.image.resize(x, (5, 9), interpolation='nearest')", "ops.image.resize(x, (3, 17), antialias=True)", "ops.image.resize(x, (5, 19), interpolation='bicubic', antialias=True)", "ops.batch_normalization(x, m, v, -1)",
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
                                  "tf.nn.avg_pool2d(x, 3, 2, 'SAME')", "tf.image.resize(x, (12, 16))", "tf.image.resize(x, [3, 4], method='nearest')", "tf.image.resize(x, [3, 19], method='bicubic', antialias=True)"])
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
    "tf.abs(tf.signal.stft(x, 3, 1))", "tf.math.real(tf.signal.rfft(x, [6]))", "tf.signal.irfft(tf.signal.rfft(x))", "tf.signal.hann_window(8)", "tf.nn.silu(x, 1.5)", "tf.math.top_k(tf.nn.relu(x), 3)",
    "tf.signal.hamming_window(7, periodic=False)", "tf.argsort(x, axis=1)", "tf.argsort(x, direction='DESCENDING')", "tf.linspace(0.0, 2.0, 5)",
    "tf.meshgrid(tf.range(3), tf.range(2))", "tf.meshgrid(tf.range(3), tf.range(2), indexing='ij')", "tf.ensure_shape(x, (2, 3, 4))",
    "tf.scatter_nd(tf.constant([[0], [2], [0]]), x[0], (4, 4))", "tf.tensor_scatter_nd_update(x[0], tf.constant([[0], [2]]), y[0, :2])",
    "tf.tensor_scatter_nd_add(x[0], tf.constant([[0], [2]]), y[0, :2])", "tf.map_fn(lambda one: one * 2.0, x)", "tf.map_fn(lambda both: both[0] + both[1], (x, y), dtype='float32')",
    "tf.cond(True, lambda: x, lambda: y)",
    "tf.math.zero_fraction(tf.nn.relu(x))", "tf.nn.zero_fraction(x)", "tf.math.cumulative_logsumexp(x, axis=1)", "tf.math.cumulative_logsumexp(x, axis=2, reverse=True)", "tf.math.xlog1py(x, tf.abs(y))",
    "tf.math.polyval([1.0, 2.0, 3.0], x)", "tf.math.ndtri(tf.sigmoid(x))", "tf.math.bessel_i0(x)", "tf.math.igamma(tf.abs(x) + 1.0, tf.abs(y))", "tf.math.igammac(tf.abs(x) + 1.0, tf.abs(y))",
    "tf.math.polygamma(1.0, tf.abs(x) + 1.0)", "tf.math.reciprocal_no_nan(tf.nn.relu(x))", "tf.math.unsorted_segment_max(x[0], [2, 0, 0], 3)", "tf.math.segment_sum(x[0], [0, 0, 1])",
    "tf.math.segment_mean(x[0], [0, 1, 1])", "tf.math.segment_max(x[0], [0, 1, 1])", "tf.math.segment_min(x[0], [0, 0, 1])", "tf.math.segment_prod(x[0], [0, 0, 1])",
    "tf.nn.weighted_cross_entropy_with_logits(tf.sigmoid(y), x, 2.0)", "tf.nn.log_poisson_loss(tf.abs(y), x)", "tf.nn.weighted_moments(x, [1], tf.abs(y))",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([[0, 1, 2], [3, 3, 0]]), x)", "tf.nn.in_top_k(tf.constant([0, 1, 2]), x[0], 2)", "tf.math.in_top_k(tf.constant([0, 1, 2]), x[0], 1)",
    "tf.tensor_scatter_nd_sub(x[0], tf.constant([[0], [0]]), y[0, :2])", "tf.reverse_sequence(x, tf.constant([3, 2]), seq_axis=1)", "tf.clip_by_global_norm([x, y], 1.0)",
    "tf.foldl(lambda a, t: a + t, x)", "tf.foldr(lambda a, t: a * 0.5 + t, x)", "tf.identity_n([x, y])", "tf.truncatediv(tf.cast(x * 9.0, 'int32'), 2)", "tf.truncatemod(tf.cast(x * 9.0, 'int32'), 3)",
    "tf.bitwise.bitwise_xor(tf.cast(x * 9.0, 'int32'), 5)", "tf.bitwise.invert(tf.cast(x * 9.0, 'int32'))", "tf.saturate_cast(x * 300.0, 'uint8')",
    "tf.linalg.adjoint(x)", "tf.linalg.normalize(x, axis=1)", "tf.linalg.global_norm([x, y])", "tf.linalg.expm(x[:, :3, :3])", "tf.linalg.cross(x[..., :3], y[..., :3])", "tf.linalg.pinv(x)",
    "tf.linalg.solve(x[:, :3, :3] + 8.0 * tf.eye(3), y)", "tf.linalg.triangular_solve(x[:, :3, :3] + 3.0 * tf.eye(3), y)", "tf.linalg.triangular_solve(x[:, :3, :3] + 3.0 * tf.eye(3), y, lower=False, adjoint=True)",
    "tf.image.adjust_brightness(x, 0.1)", "tf.image.adjust_contrast(x, 1.5)", "tf.image.transpose(x)", "tf.image.total_variation(x)", "tf.image.psnr(x, y, 2.0)", "tf.image.image_gradients(x[None])", "tf.tensordot(x, y[0], axes=(-1, 1))", "tf.nn.local_response_normalization(x[:, None], depth_radius=1, alpha=0.5)"])
def test_tensorflow_composed(text):
    check_value(text, symbolic=False, x=floats(2, 3, 4), y=floats(2, 3, 4))


@pytest.mark.parametrize("text", ["tf.nn.conv2d_transpose(x, w, (2, 12, 16, 5), 2, 'SAME')", "tf.nn.conv2d_transpose(x, w, [2, 8, 10, 5], [1, 1, 1, 1], 'VALID')",
                                  "tf.nn.conv2d_transpose(x, w, (2, 6, 8, 5), 1)"])
def test_tensorflow_transposed_convolution(text):
    check_value(text, symbolic=False, x=floats(2, 6, 8, 4), w=floats(3, 3, 5, 4))


@pytest.mark.parametrize("text", [
    "ops.cbrt(x)", "ops.gcd(n, n + 2)", "ops.lcm(n + 1, n + 2)", "ops.ldexp(x, n)", "ops.logaddexp2(x, y)", "ops.signbit(x)", "ops.isreal(x)", "ops.saturate_cast(x * 300, 'uint8')",
    "ops.percentile(x, 30, axis=1)", "ops.percentile(x, [20, 60.0])", "ops.quantile(x, 0.4, axis=(0, 2), keepdims=True)", "ops.quantile(x, [0.1, 0.9], axis=(1, 2), method='lower')",
    "ops.ptp(x, axis=1)", "ops.trapezoid(x, dx=0.5)", "ops.trapezoid(x, y, axis=1)",
    "ops.kron(x[0], y[1])", "ops.corrcoef(x[0])", "ops.vander(x[0, 0], 3)", "ops.vander(x[0, 0], increasing=True)", "ops.diagflat(x[0, 0], 1)", "ops.cdist(x, y)",
    "ops.hsplit(x, 3)", "ops.vsplit(x, 2)", "ops.dsplit(x, [1])", "ops.dstack([x, y])", "ops.isin(n, [1, 3])", "ops.isin(n, 2, invert=True)", "ops.unravel_index(n[0, 0], (2, 4))",
    "ops.segment_max(x[0], n[0, :, 0], num_segments=4)", "ops.in_top_k(n[0, :, 0], x[0], 2)", "ops.top_k(ops.relu(x), 3)", "ops.top_k(n, 2)",
    "ops.linspace(x[0], y[0], 3, axis=1)", "ops.linspace(0, 2, 4, endpoint=False)", "ops.eye(3, 4, k=1)", "ops.eye(3, k=-1, dtype='int32')",
    "ops.cross(x[0, :, :3], y[0, :, :3])", "ops.cross(x[:, :, 0], y[0, :, :2], axisa=1, axisb=0, axisc=0)", "ops.multi_hot(n[0], 4)", "ops.multi_hot(n, 4, axis=1)",
    "ops.extract_sequences(x, 2, 1)", "ops.irfft(ops.rfft(x))", "ops.stft(x, 2, 1, 4)", "ops.stft(x, 3, 2, 4, window='hamming', center=False)",
    "ops.hamming(6)", "ops.hanning(5)", "ops.bartlett(6)", "ops.blackman(5)", "ops.kaiser(6, 3.0)", "ops.psnr(x, y, 2.0)",
    "ops.categorical_crossentropy(ops.abs(y), ops.softmax(x))", "ops.categorical_crossentropy(y, x, from_logits=True, axis=1)", "ops.binary_crossentropy(ops.sigmoid(y), ops.sigmoid(x))",
    "ops.binary_crossentropy(y, x, from_logits=True)", "ops.sparse_categorical_crossentropy(n[..., 0], x, from_logits=True)", "ops.sparse_categorical_crossentropy(n[..., 0], ops.softmax(x))"])
def test_less_frequent(text):
    check_value(text, symbolic=False, x=floats(2, 3, 4), y=floats(2, 3, 4), n=RANDOM.integers(0, 4, (2, 3, 4)).astype("int32"))


@pytest.mark.parametrize("text", ["ops.nansum(x, axis=1)", "ops.nanmean(x)", "ops.nanprod(x, axis=0)", "ops.nanmax(x, axis=1)", "ops.nanmin(x, axis=0)", "ops.nanvar(x, axis=1)",
                                  "ops.nanstd(x, keepdims=True)", "ops.nanmedian(x, axis=1)", "ops.nanquantile(x, 0.3, axis=1)", "ops.nanpercentile(x, 70, axis=1)",
                                  "ops.nancumsum(x, axis=1)", "ops.nancumprod(x, axis=1)"])
def test_where_numbers_are_missing(text):
    x = floats(3, 4)
    x[0, 1] = x[2, 3] = np.nan
    check_value(text, symbolic=False, x=x)


@pytest.mark.parametrize("text", ["ops.slogdet(x)", "ops.logdet(ops.matmul(x, ops.swapaxes(x, 1, 2)) + ops.eye(3))", "ops.pinv(x)", "ops.matrix_rank(x)", "ops.svd(x, compute_uv=False)",
                                  "ops.solve_triangular(ops.tril(x) + 4 * ops.eye(3), x, lower=True)", "ops.solve_triangular(ops.triu(x) + 4 * ops.eye(3), x[:, 0])",
                                  "ops.cholesky_inverse(ops.cholesky(ops.matmul(x, ops.swapaxes(x, 1, 2)) + ops.eye(3)))"])
def test_of_square_matrices(text):
    """Far from singular, as an inverse has no more digits than the condition of its matrix leaves; one determinant is negative."""
    x = floats(2, 3, 3, low=-0.5, high=0.5) + 2 * np.eye(3, dtype="float32")
    x[1] = x[1, ::-1]
    check_value(text, symbolic=False, x=x)


@pytest.mark.parametrize("text", ["ops.separable_conv(x, w, p, 2, 'same')", "ops.separable_conv(x, w, p, dilation_rate=2)", "ops.adaptive_average_pool(x, (3, 2))", "ops.adaptive_max_pool(x, 4)",
                                  "ops.unfold(x, (2, 3), 1, 1, 2)", "ops.fold(ops.unfold(x, 2, stride=2), (8, 4), 2, stride=2)", "ops.depth_to_space(x, 2)", "ops.space_to_depth(x, 2)"])
def test_of_networks(text):
    check_value(text, symbolic=False, x=floats(2, 6, 8, 4), w=floats(3, 3, 4, 2), p=floats(1, 1, 8, 5))


@pytest.mark.parametrize("text", [
    "MeanSquaredError()(y, x)", "MeanAbsoluteError('sum')(y, x)", "MeanAbsolutePercentageError()(y, x)", "MeanSquaredLogarithmicError(reduction=None)(y, x)", "CosineSimilarity(axis=0)(y, x)",
    "Huber(delta=0.4)(y, x)", "LogCosh()(y, x)", "Hinge()(y > 0, x)", "SquaredHinge()(y, x)", "CategoricalHinge()(y, x)", "KLDivergence()(p, q)", "Poisson()(q, p)",
    "BinaryCrossentropy(from_logits=True, label_smoothing=0.1)(p, x)", "BinaryFocalCrossentropy(True, gamma=1.5)(p, q)", "CategoricalCrossentropy(label_smoothing=0.2)(q, p)",
    "CategoricalFocalCrossentropy(0.3)(q, p)", "SparseCategoricalCrossentropy(from_logits=True)(n, x)", "Dice()(q, p)", "Tversky(0.3, axis=1)(q, p)",
    "huber(y, x)", "sparse_categorical_crossentropy(n, p)", "binary_crossentropy(p, q, axis=0)", "kl_divergence(p, q)", "hinge(y, x)"])
def test_losses(text):
    check_value("keras.losses." + text, symbolic=False, x=floats(3, 4), y=floats(3, 4), p=floats(3, 4, low=0.1, high=0.9), q=floats(3, 4, low=0.1, high=0.9),
                n=RANDOM.integers(0, 4, 3).astype("int32"))


@pytest.mark.parametrize("text", [
    "tf.image.central_crop(x, 0.5)", "tf.image.central_crop(x, 0.7)", "tf.image.rot90(x)", "tf.image.rot90(x, k=3)", "tf.image.rot90(x[0], 2)", "tf.image.resize_with_crop_or_pad(x, 4, 8)",
    "tf.image.resize_with_crop_or_pad(x, 9, 2)", "tf.image.resize_with_crop_or_pad(x[0], 6, 5)", "tf.image.sobel_edges(x)", "tf.image.rgb_to_hsv(x)", "tf.image.hsv_to_rgb(x)",
    "tf.image.adjust_gamma(x, 2.0, 0.5)", "tf.image.adjust_saturation(x, 1.5)", "tf.image.adjust_saturation(x, 0.3)", "ops.image.rgb_to_hsv(x)", "ops.image.hsv_to_rgb(x)",
    "ops.image.gaussian_blur(x)", "ops.image.gaussian_blur(x, (3, 5), (0.7, 1.5))", "ops.image.gaussian_blur(x[0], kernel_size=(2, 4))",
    "ops.image.map_coordinates(x[0, ..., 0], 6 * x[:, 0] - 1, 1)", "ops.image.map_coordinates(x[0, ..., 0], 6 * x[:, 0] - 1, 0, 'nearest')",
    "ops.image.map_coordinates(x[0, ..., 0], 6 * x[:, 0] - 1, order=1, fill_mode='constant', fill_value=0.5)", "ops.image.resize(x, (4, 4), crop_to_aspect_ratio=True)",
    "ops.image.resize(x, (3, 7), crop_to_aspect_ratio=True, interpolation='nearest')", "ops.image.resize(x, (8, 8), pad_to_aspect_ratio=True, fill_value=0.5)",
    "ops.image.resize(x[0], (9, 4), pad_to_aspect_ratio=True)", "tf.nn.conv2d(x, x[:, :3, :3, :, None][0], 1, [[0, 0], [1, 2], [0, 1], [0, 0]])",
    "tf.nn.depthwise_conv2d(x, x[:, :3, :3, :, None][1], [1, 2, 2, 1], [[0, 0], [1, 1], [2, 0], [0, 0]])", "tf.signal.overlap_and_add(x[..., 0], 2)", "tf.signal.overlap_and_add(x, 3)",
    "tf.gather_nd(x, [[[0, 1], [5, 0]], [[3, 4], [2, 2]]], batch_dims=1)", "tf.gather_nd(x[:, :2], [[[[0], [2]], [[1], [4]]], [[[3], [3]], [[0], [0]]]], batch_dims=2)",
    "ops.logspace(0, 2, 5)", "ops.logspace(0.0, 3.0, num=4, endpoint=False, base=2)"])
def test_pictures_and_pieces(text):
    check_value(text, symbolic="ops.image" in text and "x[" not in text, x=floats(2, 6, 5, 3, low=0, high=1))
