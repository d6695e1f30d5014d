"""Activation functions."""

import torch
import torch.nn.functional as F


@translation("keras.ops.sigmoid")
def native_ops_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sigmoid(x)


@translation("keras.activations.sigmoid")
def native_activations_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.sigmoid(x)


@adapter("keras.ops.sigmoid")
@adapter("keras.activations.sigmoid")
def sigmoid(x):
    if is_symbolic(x):
        return record(sigmoid, x)
    return torch.sigmoid(tensor_of(x))


@translation("keras.ops.tanh")
def native_ops_tanh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.tanh(x)


@translation("keras.activations.tanh")
def native_activations_tanh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return torch.tanh(x)


@adapter("keras.ops.tanh")
@adapter("keras.activations.tanh")
def tanh(x):
    if is_symbolic(x):
        return record(tanh, x)
    return torch.tanh(tensor_of(x))


@translation("keras.ops.silu")
def native_ops_silu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.silu(x)


@translation("keras.activations.silu")
def native_activations_silu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.silu(x)


@translation("keras.ops.swish")
def native_ops_swish(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.silu(x)


@translation("keras.activations.swish")
def native_activations_swish(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.silu(x)


@adapter("keras.ops.silu")
@adapter("keras.activations.silu")
@adapter("keras.ops.swish")
@adapter("keras.activations.swish")
def silu(x):
    if is_symbolic(x):
        return record(silu, x)
    return F.silu(tensor_of(x))


@translation("keras.ops.softplus")
def native_ops_softplus(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.softplus(x)


@translation("keras.activations.softplus")
def native_activations_softplus(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.softplus(x)


@adapter("keras.ops.softplus")
@adapter("keras.activations.softplus")
def softplus(x):
    if is_symbolic(x):
        return record(softplus, x)
    return F.softplus(tensor_of(x))


@translation("keras.ops.softsign")
def native_ops_softsign(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.softsign(x)


@translation("keras.activations.softsign")
def native_activations_softsign(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.softsign(x)


@adapter("keras.ops.softsign")
@adapter("keras.activations.softsign")
def softsign(x):
    if is_symbolic(x):
        return record(softsign, x)
    return F.softsign(tensor_of(x))


@translation("keras.ops.log_sigmoid")
def native_ops_log_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.logsigmoid(x)


@translation("keras.activations.log_sigmoid")
def native_activations_log_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.logsigmoid(x)


@adapter("keras.ops.log_sigmoid")
@adapter("keras.activations.log_sigmoid")
def log_sigmoid(x):
    if is_symbolic(x):
        return record(log_sigmoid, x)
    return F.logsigmoid(tensor_of(x))


@translation("keras.ops.hard_sigmoid")
def native_ops_hard_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardsigmoid(x)


@translation("keras.activations.hard_sigmoid")
def native_activations_hard_sigmoid(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardsigmoid(x)


@adapter("keras.ops.hard_sigmoid")
@adapter("keras.activations.hard_sigmoid")
def hard_sigmoid(x):
    if is_symbolic(x):
        return record(hard_sigmoid, x)
    return F.hardsigmoid(tensor_of(x))


@translation("keras.ops.hard_silu")
def native_ops_hard_silu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardswish(x)


@translation("keras.activations.hard_silu")
def native_activations_hard_silu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardswish(x)


@translation("keras.ops.hard_swish")
def native_ops_hard_swish(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardswish(x)


@translation("keras.activations.hard_swish")
def native_activations_hard_swish(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardswish(x)


@adapter("keras.ops.hard_silu")
@adapter("keras.activations.hard_silu")
@adapter("keras.ops.hard_swish")
@adapter("keras.activations.hard_swish")
def hard_silu(x):
    if is_symbolic(x):
        return record(hard_silu, x)
    return F.hardswish(tensor_of(x))


@translation("keras.ops.relu6")
def native_ops_relu6(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.relu6(x)


@translation("keras.activations.relu6")
def native_activations_relu6(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.relu6(x)


@adapter("keras.ops.relu6")
@adapter("keras.activations.relu6")
def relu6(x):
    if is_symbolic(x):
        return record(relu6, x)
    return F.relu6(tensor_of(x))


@translation("keras.ops.selu")
def native_ops_selu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.selu(x)


@translation("keras.activations.selu")
def native_activations_selu(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.selu(x)


@adapter("keras.ops.selu")
@adapter("keras.activations.selu")
def selu(x):
    if is_symbolic(x):
        return record(selu, x)
    return F.selu(tensor_of(x))


@translation("keras.ops.tanh_shrink")
def native_ops_tanh_shrink(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.tanhshrink(x)


@translation("keras.activations.tanh_shrink")
def native_activations_tanh_shrink(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.tanhshrink(x)


@adapter("keras.ops.tanh_shrink")
@adapter("keras.activations.tanh_shrink")
def tanh_shrink(x):
    if is_symbolic(x):
        return record(tanh_shrink, x)
    return F.tanhshrink(tensor_of(x))


@translation("keras.ops.hard_tanh")
def native_ops_hard_tanh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardtanh(x)


@translation("keras.activations.hard_tanh")
def native_activations_hard_tanh(x):
    if is_tensor(x) and dtype(x) == "float32":
        return F.hardtanh(x)


@adapter("keras.ops.hard_tanh")
@adapter("keras.activations.hard_tanh")
def hard_tanh(x):
    if is_symbolic(x):
        return record(hard_tanh, x)
    return F.hardtanh(tensor_of(x))


@translation("keras.ops.relu")
def native_ops_relu(x):
    if is_tensor(x):
        return F.relu(x)


@adapter("keras.ops.relu")
def relu(x):
    if is_symbolic(x):
        return record(relu, x)
    return F.relu(tensor_of(x))


@translation("keras.activations.relu")
def native_activations_relu(x, negative_slope=0.0, max_value=None, threshold=0.0):
    if is_tensor(x) and negative_slope == 0 and max_value is None and threshold == 0:
        return F.relu(x)


@adapter("keras.activations.relu")
def relu_activation(x, negative_slope=0.0, max_value=None, threshold=0.0):
    if is_symbolic(x):
        return record(relu_activation, x, negative_slope, max_value, threshold)
    if threshold == 0 and negative_slope == 0 and max_value is None:
        return F.relu(x)
    if threshold == 0 and negative_slope == 0 and max_value == 6:
        return F.relu6(x)
    if threshold == 0 and max_value is None:
        return F.leaky_relu(x, negative_slope)
    output = torch.where(x >= threshold if threshold != 0 else x > 0, x, negative_slope * (x - threshold))
    return output if max_value is None else torch.clamp(output, max=max_value)


@translation("keras.activations.mish")
def native_activations_mish(x):
    if is_tensor(x):
        return F.mish(x)


@adapter("keras.activations.mish")
def mish(x):
    if is_symbolic(x):
        return record(mish, x)
    return F.mish(tensor_of(x))


@translation("keras.activations.exponential")
def native_activations_exponential(x):
    if is_tensor(x):
        return torch.exp(x)


@adapter("keras.activations.exponential")
def exponential(x):
    if is_symbolic(x):
        return record(exponential, x)
    return torch.exp(tensor_of(x))


@translation("keras.activations.linear")
def native_activations_linear(x):
    if True:
        return x


@adapter("keras.activations.linear")
def linear_activation(x):
    return x


@translation("keras.ops.leaky_relu")
def native_ops_leaky_relu(x, negative_slope=0.2):
    if is_tensor(x):
        return F.leaky_relu(x, negative_slope)


@translation("keras.activations.leaky_relu")
def native_activations_leaky_relu(x, negative_slope=0.2):
    if is_tensor(x):
        return F.leaky_relu(x, negative_slope)


@adapter("keras.ops.leaky_relu")
@adapter("keras.activations.leaky_relu")
def leaky_relu(x, negative_slope=0.2):
    if is_symbolic(x):
        return record(leaky_relu, x, negative_slope)
    return F.leaky_relu(tensor_of(x), negative_slope)


@translation("keras.ops.elu")
def native_ops_elu(x, alpha=1.0):
    if is_tensor(x):
        return F.elu(x, alpha)


@translation("keras.activations.elu")
def native_activations_elu(x, alpha=1.0):
    if is_tensor(x):
        return F.elu(x, alpha)


@adapter("keras.ops.elu")
@adapter("keras.activations.elu")
def elu(x, alpha=1.0):
    if is_symbolic(x):
        return record(elu, x, alpha)
    return F.elu(tensor_of(x), alpha)


@translation("keras.ops.celu")
def native_ops_celu(x, alpha=1.0):
    if is_tensor(x):
        return F.celu(x, alpha)


@translation("keras.activations.celu")
def native_activations_celu(x, alpha=1.0):
    if is_tensor(x):
        return F.celu(x, alpha)


@adapter("keras.ops.celu")
@adapter("keras.activations.celu")
def celu(x, alpha=1.0):
    if is_symbolic(x):
        return record(celu, x, alpha)
    return F.celu(tensor_of(x), alpha)


@translation("keras.ops.gelu")
def native_ops_gelu(x, approximate=True):
    if is_tensor(x):
        return F.gelu(x, approximate="tanh" if approximate else "none")


@adapter("keras.ops.gelu")
def gelu_operator(x, approximate=True):
    if is_symbolic(x):
        return record(gelu_operator, x, approximate)
    return F.gelu(tensor_of(x), approximate="tanh" if approximate else "none")


@translation("keras.activations.gelu")
def native_activations_gelu(x, approximate=False):
    if is_tensor(x):
        return F.gelu(x, approximate="tanh" if approximate else "none")


@adapter("keras.activations.gelu")
def gelu(x, approximate=False):
    if is_symbolic(x):
        return record(gelu, x, approximate)
    return F.gelu(tensor_of(x), approximate="tanh" if approximate else "none")


@translation("keras.ops.glu")
def native_ops_glu(x, axis=-1):
    if is_tensor(x):
        return F.glu(x, axis)


@translation("keras.activations.glu")
def native_activations_glu(x, axis=-1):
    if is_tensor(x):
        return F.glu(x, axis)


@adapter("keras.ops.glu")
@adapter("keras.activations.glu")
def glu(x, axis=-1):
    if is_symbolic(x):
        return record(glu, x, axis)
    return F.glu(tensor_of(x), axis)


@translation("keras.ops.hard_shrink")
def native_ops_hard_shrink(x, threshold=0.5):
    if is_tensor(x):
        return F.hardshrink(x, threshold)


@translation("keras.activations.hard_shrink")
def native_activations_hard_shrink(x, threshold=0.5):
    if is_tensor(x):
        return F.hardshrink(x, threshold)


@adapter("keras.ops.hard_shrink")
@adapter("keras.activations.hard_shrink")
def hard_shrink(x, threshold=0.5):
    if is_symbolic(x):
        return record(hard_shrink, x, threshold)
    return F.hardshrink(tensor_of(x), threshold)


@translation("keras.ops.soft_shrink")
def native_ops_soft_shrink(x, threshold=0.5):
    if is_tensor(x):
        return F.softshrink(x, threshold)


@translation("keras.activations.soft_shrink")
def native_activations_soft_shrink(x, threshold=0.5):
    if is_tensor(x):
        return F.softshrink(x, threshold)


@adapter("keras.ops.soft_shrink")
@adapter("keras.activations.soft_shrink")
def soft_shrink(x, threshold=0.5):
    if is_symbolic(x):
        return record(soft_shrink, x, threshold)
    return F.softshrink(tensor_of(x), threshold)


@translation("keras.ops.threshold")
def native_ops_threshold(x, threshold, default_value):
    if is_tensor(x):
        return F.threshold(x, threshold, default_value)


@translation("keras.activations.threshold")
def native_activations_threshold(x, threshold, default_value):
    if is_tensor(x):
        return F.threshold(x, threshold, default_value)


@adapter("keras.ops.threshold")
@adapter("keras.activations.threshold")
def threshold_activation(x, threshold, default_value):
    if is_symbolic(x):
        return record(threshold_activation, x, threshold, default_value)
    return F.threshold(tensor_of(x), threshold, default_value)


@adapter("keras.ops.squareplus")
@adapter("keras.activations.squareplus")
def squareplus(x, b=4):
    if is_symbolic(x):
        return record(squareplus, x, b)
    return (x + torch.sqrt(x * x + b)) / 2


@adapter("keras.ops.sparse_plus")
@adapter("keras.activations.sparse_plus")
def sparse_plus(x):
    if is_symbolic(x):
        return record(sparse_plus, x)
    return torch.where(x <= -1, torch.zeros_like(x), torch.where(x < 1, (x + 1) ** 2 / 4, x))


@adapter("keras.ops.sparse_sigmoid")
@adapter("keras.activations.sparse_sigmoid")
def sparse_sigmoid(x):
    if is_symbolic(x):
        return record(sparse_sigmoid, x)
    return torch.clamp((x + 1) / 2, 0, 1)


@translation("keras.ops.softmax")
def native_ops_softmax(x, axis=-1):
    if is_tensor(x) and isinstance(axis, int):
        return F.softmax(x, dim=axis)


@translation("keras.activations.softmax")
def native_activations_softmax(x, axis=-1):
    if is_tensor(x) and isinstance(axis, int):
        return F.softmax(x, dim=axis)


@adapter("keras.ops.softmax")
@adapter("keras.activations.softmax")
def softmax(x, axis=-1):
    if is_symbolic(x):
        return record(softmax, x, axis)
    if isinstance(axis, (list, tuple)) or axis is None:
        axes = tuple(range(x.ndim)) if axis is None else tuple(axis)
        return torch.exp(x - torch.logsumexp(x, axes, keepdim=True))
    return F.softmax(x, dim=axis)


@translation("keras.ops.log_softmax")
def native_ops_log_softmax(x, axis=-1):
    if is_tensor(x) and isinstance(axis, int):
        return F.log_softmax(x, dim=axis)


@translation("keras.activations.log_softmax")
def native_activations_log_softmax(x, axis=-1):
    if is_tensor(x) and isinstance(axis, int):
        return F.log_softmax(x, dim=axis)


@adapter("keras.ops.log_softmax")
@adapter("keras.activations.log_softmax")
def log_softmax(x, axis=-1):
    if is_symbolic(x):
        return record(log_softmax, x, axis)
    if isinstance(axis, (list, tuple)) or axis is None:
        return x - torch.logsumexp(x, tuple(range(x.ndim)) if axis is None else tuple(axis), keepdim=True)
    return F.log_softmax(x, dim=axis)


@adapter("keras.activations.deserialize")
def deserialize_activation(config, custom_objects=None):
    """The function of an activation by its name."""
    return get_activation(config)


@adapter("keras.activations.get")
def get_activation(identifier):
    """The function of an activation, for tensors that are not known yet, too."""
    function = activation_function(identifier)

    def activation(x):
        return record(function, x) if is_symbolic(x) else function(x)

    return activation
