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
