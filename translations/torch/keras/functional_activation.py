"""Activations as functions."""
import math

import keras
from keras import ops

# ---------------------------------------------------------------- without parameters


@translation("torch.nn.functional.relu")
def relu(input, inplace=False):
    return ops.relu(input)


@translation("torch.nn.functional.relu6")
def relu6(input, inplace=False):
    return ops.relu6(input)


@translation("torch.nn.functional.selu")
def selu(input, inplace=False):
    return ops.selu(input)


@translation("torch.nn.functional.hardsigmoid")
def hardsigmoid(input, inplace=False):
    return ops.hard_sigmoid(input)


@translation("torch.nn.functional.silu")
def silu(input, inplace=False):
    return ops.silu(input)


@translation("torch.nn.functional.hardswish")
def hardswish(input, inplace=False):
    return ops.hard_silu(input)


@translation("torch.nn.functional.relu_")
def relu_(input):
    return ops.relu(input)


@translation("torch.nn.functional.selu_")
def selu_(input):
    return ops.selu(input)


@translation("torch.nn.functional.logsigmoid")
def logsigmoid(input):
    return ops.log_sigmoid(input)


@translation("torch.nn.functional.tanhshrink")
def tanhshrink(input):
    return ops.tanh_shrink(input)


@translation("torch.nn.functional.softsign")
def softsign(input):
    return ops.softsign(input)


@translation("torch.nn.functional.tanh")
def tanh(input):
    return ops.tanh(input)


@translation("torch.nn.functional.sigmoid")
def sigmoid(input):
    return ops.sigmoid(input)


@translation("torch.nn.functional.mish")
def mish(input, inplace=False):
    return keras.activations.mish(input)


# ---------------------------------------------------------------- with parameters

@translation("torch.nn.functional.gelu")
def _gelu(input, *, approximate="none"):
    if approximate == "none":
        return ops.gelu(input, approximate=False)
    if approximate == "tanh":
        return ops.gelu(input, approximate=True)


@translation("torch.nn.functional.leaky_relu")
def _leaky_relu(input, negative_slope=0.01, inplace=False):
    return ops.leaky_relu(input, negative_slope=negative_slope)


@translation("torch.nn.functional.leaky_relu_")
def leaky_relu_(input, negative_slope=0.01):
    return ops.leaky_relu(input, negative_slope=negative_slope)


@translation("torch.nn.functional.elu")
def _elu(input, alpha=1.0, inplace=False):
    return ops.elu(input, alpha=alpha)


@translation("torch.nn.functional.elu_")
def elu_(input, alpha=1.0):
    return ops.elu(input, alpha=alpha)


@translation("torch.nn.functional.celu")
def _celu(input, alpha=1.0, inplace=False):
    return ops.celu(input, alpha=alpha)


@translation("torch.nn.functional.celu_")
def celu_(input, alpha=1.0):
    return ops.celu(input, alpha=alpha)


@translation("torch.nn.functional.hardtanh")
def _hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    return ops.clip(input, min_val, max_val)


@translation("torch.nn.functional.hardtanh_")
def hardtanh_(input, min_val=-1.0, max_val=1.0):
    return ops.clip(input, min_val, max_val)


@translation("torch.nn.functional.threshold")
def threshold(input, threshold, value, inplace=False):
    return ops.threshold(input, threshold, value)


@translation("torch.nn.functional.threshold_")
def threshold_(input, threshold, value):
    return ops.threshold(input, threshold, value)


@translation("torch.nn.functional.hardshrink")
def hardshrink(input, lambd=0.5):
    return ops.hard_shrink(input, threshold=lambd)


@translation("torch.nn.functional.softshrink")
def softshrink(input, lambd=0.5):
    return ops.soft_shrink(input, threshold=lambd)


@translation("torch.Tensor.hardshrink")
def tensor_hardshrink(self, lambd=0.5):
    return ops.hard_shrink(self, threshold=lambd)


@adapter("torch.nn.functional.softplus")
def softplus(input, beta=1, threshold=20):
    """log(1 + exp(beta * x)) / beta, and x itself where beta * x is above the threshold."""
    scaled = input * beta
    return ops.where(scaled > threshold, input, ops.softplus(scaled) / beta)


@translation("torch.nn.functional.softplus")
def _softplus(input, beta=1, threshold=20):
    if beta == 1 and threshold == 20:
        return ops.softplus(input)


@translation("torch.nn.functional.glu")
def _glu(input, dim=-1):
    return ops.glu(input, axis=dim)


@adapter("torch.nn.functional.prelu")
def prelu(input, weight):
    """The slope of negative numbers is one weight, or one for each channel (axis 1)."""
    if ops.ndim(input) > 2 and math.prod(ops.shape(weight)) > 1:
        weight = ops.reshape(weight, (-1,) + (1,) * (ops.ndim(input) - 2))
    return ops.where(input > 0, input, weight * input)


@translation("torch.Tensor.prelu")
def tensor_prelu(self, weight):
    return prelu(self, weight)


@adapter("torch.nn.functional.rrelu")
def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False):
    """Negative numbers times a slope between lower and upper, drawn for each in training, else the middle."""
    if training:
        return ops.where(input >= 0, input, input * keras.random.uniform(ops.shape(input), lower, upper, dtype=input.dtype))
    return ops.leaky_relu(input, negative_slope=(lower + upper) / 2)


@translation("torch.nn.functional.rrelu")
def _rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    return rrelu(input, lower=lower, upper=upper, training=training)


# ---------------------------------------------------------------- softmax


@translation("torch.softmax")
def torch_softmax(input, dim, dtype=None, *, out=None):
    if out is None and dtype is None:
        return ops.softmax(input, axis=dim)
    if out is None:
        return ops.softmax(ops.cast(input, dtype), axis=dim)


@translation("torch.nn.functional.softmax")
def functional_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None and dtype is None and rank(input) in (0, 1, 3):
        return ops.softmax(input, axis=0)
    if dim is None and dtype is None:
        return ops.softmax(input, axis=1)
    if dim is None:
        return
    if dtype is None:
        return ops.softmax(input, axis=dim)
    return ops.softmax(ops.cast(input, dtype), axis=dim)


@translation("torch.log_softmax")
def torch_log_softmax(input, dim, dtype=None, *, out=None):
    if out is None and dtype is None:
        return ops.log_softmax(input, axis=dim)
    if out is None:
        return ops.log_softmax(ops.cast(input, dtype), axis=dim)


@translation("torch.nn.functional.log_softmax")
def functional_log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    if dim is None and dtype is None and rank(input) in (0, 1, 3):
        return ops.log_softmax(input, axis=0)
    if dim is None and dtype is None:
        return ops.log_softmax(input, axis=1)
    if dim is None:
        return
    if dtype is None:
        return ops.log_softmax(input, axis=dim)
    return ops.log_softmax(ops.cast(input, dtype), axis=dim)


@translation("torch.nn.functional.softmin")
def softmin(input, dim=None, _stacklevel=3, dtype=None):
    if dim is not None and dtype is None:
        return ops.softmax(ops.negative(input), axis=dim)


@adapter("torch.nn.functional.gumbel_softmax")
def gumbel_softmax(logits, tau=1, hard=False, dim=-1):
    """The softmax of logits with Gumbel noise; hard: as one of the axes, with the gradient of the soft one."""
    noise = -ops.log(-ops.log(keras.random.uniform(ops.shape(logits), 1e-20, 1.0)))
    soft = ops.softmax((logits + noise) / tau, axis=dim)
    if not hard:
        return soft
    one = ops.one_hot(ops.argmax(soft, axis=dim), ops.shape(soft)[dim], axis=dim, dtype=soft.dtype)
    return one - ops.stop_gradient(soft) + soft


@translation("torch.nn.functional.gumbel_softmax")
def _gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    return gumbel_softmax(logits, tau=tau, hard=hard, dim=dim)


# ---------------------------------------------------------------- dropout

@adapter("torch.nn.functional.dropout")
def dropout(input, p=0.5, training=True):
    """In training, zeros with probability p and the rest scaled so that the mean stays."""
    if not training or p == 0:
        return input
    return keras.random.dropout(input, p) if p < 1 else ops.zeros_like(input)


@translation("torch.nn.functional.dropout")
def _dropout(input, p=0.5, training=True, inplace=False):
    return dropout(input, p=p, training=training)


@adapter("helper.dropout_channels")
def dropout_channels(input, p=0.5, training=True):
    """In training, whole channels of (batch, channels, ...) are zero with probability p and the rest scaled."""
    if not training or p == 0:
        return input
    shape = ops.shape(input)
    return keras.random.dropout(input, p, noise_shape=shape[:2] + (1,) * (len(shape) - 2)) if p < 1 else ops.zeros_like(input)


@adapter("torch.nn.functional.dropout1d")
def dropout1d(input, p=0.5, training=True):
    return dropout_channels(input, p, training)


@translation("torch.nn.functional.dropout1d")
def _dropout1d(input, p=0.5, training=True, inplace=False):
    if rank(input) == 3:
        return dropout1d(input, p=p, training=training)


@adapter("torch.nn.functional.dropout2d")
def dropout2d(input, p=0.5, training=True):
    return dropout_channels(input, p, training)


@translation("torch.nn.functional.dropout2d")
def _dropout2d(input, p=0.5, training=True, inplace=False):
    if rank(input) == 4:
        return dropout2d(input, p=p, training=training)


@adapter("torch.nn.functional.dropout3d")
def dropout3d(input, p=0.5, training=True):
    return dropout_channels(input, p, training)


@translation("torch.nn.functional.dropout3d")
def _dropout3d(input, p=0.5, training=True, inplace=False):
    if rank(input) == 5:
        return dropout3d(input, p=p, training=training)


@adapter("torch.nn.functional.alpha_dropout")
def alpha_dropout(input, p=0.5, training=False, shape=None):
    """In training, elements become the limit of SELU with probability p; mean and variance stay."""
    if not training or p == 0:
        return input
    if p == 1:
        return ops.zeros_like(input)
    alpha = 1.7580993408473766
    scale = 1 / math.sqrt((alpha**2 * p + 1) * (1 - p))
    keep = ops.cast(keras.random.uniform(ops.shape(input) if shape is None else shape) >= p, input.dtype)
    return input * keep * scale + (keep - 1) * (alpha * scale) + alpha * scale * p


@translation("torch.nn.functional.alpha_dropout")
def _alpha_dropout(input, p=0.5, training=False, inplace=False):
    return alpha_dropout(input, p=p, training=training)


# ---------------------------------------------------------------- functions as values


@value("torch.nn.functional.relu")
def functional_relu_function():
    return ops.relu


@value("torch.nn.functional.relu6")
def functional_relu6_function():
    return ops.relu6


@value("torch.nn.functional.selu")
def functional_selu_function():
    return ops.selu


@value("torch.nn.functional.silu")
def functional_silu_function():
    return ops.silu


@value("torch.nn.functional.hardswish")
def functional_hardswish_function():
    return ops.hard_silu


@value("torch.nn.functional.hardsigmoid")
def functional_hardsigmoid_function():
    return ops.hard_sigmoid


@value("torch.nn.functional.logsigmoid")
def functional_logsigmoid_function():
    return ops.log_sigmoid


@value("torch.nn.functional.softsign")
def functional_softsign_function():
    return ops.softsign


@value("torch.nn.functional.tanh")
def functional_tanh_function():
    return ops.tanh


@value("torch.nn.functional.sigmoid")
def functional_sigmoid_function():
    return ops.sigmoid


@value("torch.nn.functional.tanhshrink")
def functional_tanhshrink_function():
    return ops.tanh_shrink


@value("torch.nn.functional.mish")
def functional_mish_function():
    return keras.activations.mish


@adapter("torch.nn.functional.gelu")
def gelu(input, *, approximate="none"):
    return ops.gelu(input, approximate=approximate == "tanh")


@adapter("torch.nn.functional.leaky_relu")
def leaky_relu(input, negative_slope=0.01, inplace=False):
    return ops.leaky_relu(input, negative_slope=negative_slope)


@adapter("torch.nn.functional.elu")
def elu(input, alpha=1.0, inplace=False):
    return ops.elu(input, alpha=alpha)


@adapter("torch.nn.functional.celu")
def celu(input, alpha=1.0, inplace=False):
    return ops.celu(input, alpha=alpha)


@adapter("torch.nn.functional.hardtanh")
def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    return ops.clip(input, min_val, max_val)


@adapter("torch.nn.functional.glu")
def glu(input, dim=-1):
    return ops.glu(input, axis=dim)


@adapter("torch.nn.functional.softmax")
def softmax(input, dim=None, _stacklevel=3, dtype=None):
    """Softmax along an axis; without one, axis 0 of vectors and tensors of rank 3, else axis 1."""
    axis = dim if dim is not None else 0 if ops.ndim(input) in (0, 1, 3) else 1
    return ops.softmax(input if dtype is None else ops.cast(input, dtype), axis=axis)


@adapter("torch.nn.functional.log_softmax")
def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    """The logarithm of the softmax along an axis; without one, axis 0 of vectors and tensors of rank 3, else axis 1."""
    axis = dim if dim is not None else 0 if ops.ndim(input) in (0, 1, 3) else 1
    return ops.log_softmax(input if dtype is None else ops.cast(input, dtype), axis=axis)


@adapter("torch.softmax")
def softmax_along(input, dim, dtype=None):
    """Softmax along an axis."""
    return ops.softmax(input if dtype is None else ops.cast(input, dtype), axis=dim)


@adapter("torch.log_softmax")
def log_softmax_along(input, dim, dtype=None):
    """The logarithm of the softmax along an axis."""
    return ops.log_softmax(input if dtype is None else ops.cast(input, dtype), axis=dim)


# ---------------------------------------------------------------- functions in variables, called with names of arguments

@adapter("helper.named_relu")
def relu_of(input, inplace=False):
    """relu, which leaves its argument as it is."""
    return ops.relu(input)


@adapter("helper.named_relu6")
def relu6_of(input, inplace=False):
    """relu6, which leaves its argument as it is."""
    return ops.relu6(input)


@adapter("helper.named_selu")
def selu_of(input, inplace=False):
    """selu, which leaves its argument as it is."""
    return ops.selu(input)


@adapter("helper.named_silu")
def silu_of(input, inplace=False):
    """silu, which leaves its argument as it is."""
    return ops.silu(input)


@adapter("helper.named_hardswish")
def hardswish_of(input, inplace=False):
    """hardswish, which leaves its argument as it is."""
    return ops.hard_swish(input)


@adapter("helper.named_hardsigmoid")
def hardsigmoid_of(input, inplace=False):
    """hardsigmoid, which leaves its argument as it is."""
    return ops.hard_sigmoid(input)
