"""Activation functions; the string forms that layers take are found by `get`."""
from __future__ import annotations

from _nw import op
from keras import _rules as rules


@op(pivot="relu(x) if negative_slope == 0.0 and max_value is None and threshold == 0.0 else relu6(x) if negative_slope == 0.0 and max_value == 6.0 and threshold == 0.0 else leaky_relu(x, slope=negative_slope) if max_value is None and threshold == 0.0 else None")
def relu(x, negative_slope=0.0, max_value=None, threshold=0.0) -> Tensor:
    return rules.like(x)


@op(pivot="gelu(x, form='tanh') if approximate else gelu(x, form='erf')")
def gelu(x, approximate=False) -> Tensor:
    return rules.like(x)


@op(pivot="softmax(x, axis=axis)")
def softmax(x, axis=-1) -> Tensor:
    return rules.like(x)


@op(pivot="log_softmax(x, axis=axis)")
def log_softmax(x, axis=-1) -> Tensor:
    return rules.like(x)


@op(pivot="sigmoid(x)")
def sigmoid(x) -> Tensor:
    return rules.like(x)


@op(pivot="tanh(x)")
def tanh(x) -> Tensor:
    return rules.like(x)


@op(pivot="silu(x)")
def silu(x) -> Tensor:
    return rules.like(x)


swish = silu


@op(pivot="leaky_relu(x, slope=negative_slope)")
def leaky_relu(x, negative_slope=0.2) -> Tensor:
    return rules.like(x)


@op(pivot="elu(x, alpha=alpha)")
def elu(x, alpha=1.0) -> Tensor:
    return rules.like(x)


@op(pivot="selu(x)")
def selu(x) -> Tensor:
    return rules.like(x)


@op(pivot="softplus(x)")
def softplus(x) -> Tensor:
    return rules.like(x)


@op(pivot="softsign(x)")
def softsign(x) -> Tensor:
    return rules.like(x)


@op(pivot="hard_sigmoid(x)")
def hard_sigmoid(x) -> Tensor:
    return rules.like(x)


@op(pivot="hard_silu(x)")
def hard_silu(x) -> Tensor:
    return rules.like(x)


hard_swish = hard_silu


@op(pivot="relu6(x)")
def relu6(x) -> Tensor:
    return rules.like(x)


@op(pivot="mish(x)")
def mish(x) -> Tensor:
    return rules.like(x)


@op(pivot="exp(x)")
def exponential(x) -> Tensor:
    return rules.like(x)


@op(pivot="identity(x)")
def linear(x) -> Tensor:
    return x


_NAMED = {"relu": relu, "gelu": gelu, "softmax": softmax, "log_softmax": log_softmax, "sigmoid": sigmoid, "tanh": tanh, "silu": silu, "swish": silu,
          "leaky_relu": leaky_relu, "elu": elu, "selu": selu, "softplus": softplus, "softsign": softsign, "hard_sigmoid": hard_sigmoid,
          "hard_silu": hard_silu, "hard_swish": hard_silu, "relu6": relu6, "mish": mish, "exponential": exponential, "linear": linear}


def get(identifier):
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        if identifier not in _NAMED:
            raise ValueError("Could not interpret activation function identifier: " + identifier)
        return _NAMED[identifier]
    return identifier


def serialize(activation):
    for name in _NAMED:
        if _NAMED[name] is activation:
            return name
    return activation
