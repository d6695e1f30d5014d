"""keras.activations: functions, and how names stand for them."""
from __future__ import annotations

from _nw import op
from keras.src import rules

__public__ = "keras.activations"


@op(pivot="relu(x) if negative_slope == 0.0 and max_value is None and threshold == 0.0 else relu6(x) if negative_slope == 0.0 and max_value == 6.0 and threshold == 0.0 else leaky_relu(x, slope=negative_slope) if max_value is None and threshold == 0.0 else None")
def relu(x, negative_slope=0.0, max_value=None, threshold=0.0) -> Tensor:
    return rules.same(x)


@op(pivot="gelu(x, form='tanh') if approximate else gelu(x, form='erf')")
def gelu(x, approximate=False) -> Tensor:
    return rules.same(x)


@op(pivot="softmax(x, axis=axis) if isinstance(axis, int) else None")
def softmax(x, axis=-1) -> Tensor:
    return rules.same(x)


@op(pivot="log_softmax(x, axis=axis) if isinstance(axis, int) else None")
def log_softmax(x, axis=-1) -> Tensor:
    return rules.same(x)


@op(pivot="leaky_relu(x, slope=negative_slope)")
def leaky_relu(x, negative_slope=0.2) -> Tensor:
    return rules.same(x)


@op(pivot="elu(x, alpha=alpha)")
def elu(x, alpha=1.0) -> Tensor:
    return rules.same(x)


@op(pivot="celu(x, alpha=alpha)")
def celu(x, alpha=1.0) -> Tensor:
    return rules.same(x)


@op(pivot="glu(x, axis=axis)")
def glu(x, axis=-1) -> Tensor:
    from keras.src.ops import nn
    return nn.glu(x, axis)


@op(pivot="threshold(x, threshold=threshold, value=default_value)")
def threshold(x, threshold, default_value) -> Tensor:
    return rules.same(x)


@op(pivot="hard_shrink(x, lambda_=threshold)")
def hard_shrink(x, threshold=0.5) -> Tensor:
    return rules.same(x)


@op(pivot="soft_shrink(x, lambda_=threshold)")
def soft_shrink(x, threshold=0.5) -> Tensor:
    return rules.same(x)


@op
def squareplus(x, b=4) -> Tensor:
    return rules.same(x)


@op
def sparsemax(x, axis=-1) -> Tensor:
    return rules.same(x)


@op(pivot="sigmoid(x)")
def sigmoid(x) -> Tensor:
    return rules.same(x)


@op(pivot="tanh(x)")
def tanh(x) -> Tensor:
    return rules.same(x)


@op(pivot="silu(x)")
def silu(x) -> Tensor:
    return rules.same(x)


@op(pivot="selu(x)")
def selu(x) -> Tensor:
    return rules.same(x)


@op(pivot="softplus(x)")
def softplus(x) -> Tensor:
    return rules.same(x)


@op(pivot="softsign(x)")
def softsign(x) -> Tensor:
    return rules.same(x)


@op(pivot="hard_sigmoid(x)")
def hard_sigmoid(x) -> Tensor:
    return rules.same(x)


@op(pivot="hard_silu(x)")
def hard_silu(x) -> Tensor:
    return rules.same(x)


@op(pivot="hard_tanh(x, low=-1.0, high=1.0)")
def hard_tanh(x) -> Tensor:
    return rules.same(x)


@op(pivot="relu6(x)")
def relu6(x) -> Tensor:
    return rules.same(x)


@op(pivot="mish(x)")
def mish(x) -> Tensor:
    return rules.same(x)


@op(pivot="exp(x)")
def exponential(x) -> Tensor:
    return rules.same(x)


@op(pivot="log_sigmoid(x)")
def log_sigmoid(x) -> Tensor:
    return rules.same(x)


@op(pivot="tanhshrink(x)")
def tanh_shrink(x) -> Tensor:
    return rules.same(x)


@op
def sparse_plus(x) -> Tensor:
    return rules.same(x)


@op
def sparse_sigmoid(x) -> Tensor:
    return rules.same(x)


@op(pivot="identity(x)")
def linear(x) -> Tensor:
    return x


swish = silu
hard_swish = hard_silu

_NAMED = {"relu": relu, "leaky_relu": leaky_relu, "relu6": relu6, "softmax": softmax, "celu": celu, "elu": elu, "selu": selu, "softplus": softplus,
          "softsign": softsign, "squareplus": squareplus, "soft_shrink": soft_shrink, "sparse_plus": sparse_plus, "silu": silu, "swish": silu, "gelu": gelu,
          "glu": glu, "tanh": tanh, "tanh_shrink": tanh_shrink, "threshold": threshold, "sigmoid": sigmoid, "sparse_sigmoid": sparse_sigmoid,
          "exponential": exponential, "hard_sigmoid": hard_sigmoid, "hard_silu": hard_silu, "hard_swish": hard_silu, "hard_tanh": hard_tanh,
          "hard_shrink": hard_shrink, "linear": linear, "mish": mish, "log_softmax": log_softmax, "log_sigmoid": log_sigmoid, "sparsemax": sparsemax}


def get(identifier):
    if identifier is None:
        return linear
    if isinstance(identifier, dict):
        identifier = identifier.get("config", identifier.get("class_name"))
    if isinstance(identifier, str):
        if identifier not in _NAMED:
            raise ValueError("Could not interpret activation function identifier: " + identifier)
        return _NAMED[identifier]
    if callable(identifier):
        return identifier
    raise ValueError("Could not interpret activation function identifier: " + str(identifier))


def serialize(activation):
    for name in _NAMED:
        if _NAMED[name] is activation:
            return name
    return activation


def deserialize(config, custom_objects=None):
    return get(config)
