"""torch.nn.init: initialisers. They write their tensor and return it; values are not followed."""
from __future__ import annotations

import math

from _nw import check


def calculate_gain(nonlinearity, param=None) -> float:
    if nonlinearity == "tanh":
        return 5.0 / 3
    if nonlinearity == "relu":
        return math.sqrt(2.0)
    if nonlinearity == "leaky_relu":
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope * slope))
    if nonlinearity == "selu":
        return 3.0 / 4
    check(nonlinearity in ("linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
                           "conv_transpose3d", "sigmoid"), "Unsupported nonlinearity", ValueError)
    return 1


def uniform_(tensor, a=0.0, b=1.0, generator=None) -> Tensor:
    return tensor


def normal_(tensor, mean=0.0, std=1.0, generator=None) -> Tensor:
    return tensor


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None) -> Tensor:
    return tensor


def constant_(tensor, val) -> Tensor:
    return tensor


def ones_(tensor) -> Tensor:
    return tensor


def zeros_(tensor) -> Tensor:
    return tensor


def eye_(tensor) -> Tensor:
    check(tensor.ndim == 2, "Only tensors with 2 dimensions are supported", ValueError)
    return tensor


def dirac_(tensor, groups=1) -> Tensor:
    check(tensor.ndim in (3, 4, 5), "Only tensors with 3, 4, or 5 dimensions are supported", ValueError)
    check(tensor.shape[0] % groups == 0, "dim 0 must be divisible by groups", ValueError)
    return tensor


def _check_fans(tensor):
    check(tensor.ndim >= 2, "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
          ValueError)


def _calculate_fan_in_and_fan_out(tensor):
    _check_fans(tensor)
    field = 1
    for size in tensor.shape[2:]:
        field = field * size
    return tensor.shape[1] * field, tensor.shape[0] * field


def _calculate_correct_fan(tensor, mode):
    check(mode.lower() in ("fan_in", "fan_out"), "Mode not supported", ValueError)
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return fan_in if mode.lower() == "fan_in" else fan_out


# The values are not followed: of fans and gains only what they refuse counts.
def _check_kaiming(tensor, a, mode, nonlinearity):
    check(mode.lower() in ("fan_in", "fan_out"), "Mode not supported", ValueError)
    _check_fans(tensor)
    if nonlinearity == "leaky_relu":
        a * a
    else:
        calculate_gain(nonlinearity)


def xavier_uniform_(tensor, gain=1.0, generator=None) -> Tensor:
    _check_fans(tensor)
    return tensor


def xavier_normal_(tensor, gain=1.0, generator=None) -> Tensor:
    _check_fans(tensor)
    return tensor


def kaiming_uniform_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None) -> Tensor:
    if 0 not in tensor.shape:
        _check_kaiming(tensor, a, mode, nonlinearity)
    return tensor


def kaiming_normal_(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None) -> Tensor:
    if 0 not in tensor.shape:
        _check_kaiming(tensor, a, mode, nonlinearity)
    return tensor


def orthogonal_(tensor, gain=1, generator=None) -> Tensor:
    check(tensor.ndim >= 2, "Only tensors with 2 or more dimensions are supported", ValueError)
    return tensor


def sparse_(tensor, sparsity, std=0.01, generator=None) -> Tensor:
    check(tensor.ndim == 2, "Only tensors with 2 dimensions are supported", ValueError)
    return tensor


def uniform(tensor, a=0.0, b=1.0, generator=None) -> Tensor:
    return tensor


def normal(tensor, mean=0.0, std=1.0, generator=None) -> Tensor:
    return tensor


def constant(tensor, val) -> Tensor:
    return tensor


def eye(tensor) -> Tensor:
    return eye_(tensor)


def dirac(tensor, groups=1) -> Tensor:
    return dirac_(tensor, groups)


def xavier_uniform(tensor, gain=1.0, generator=None) -> Tensor:
    return xavier_uniform_(tensor, gain)


def xavier_normal(tensor, gain=1.0, generator=None) -> Tensor:
    return xavier_normal_(tensor, gain)


def kaiming_uniform(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None) -> Tensor:
    return kaiming_uniform_(tensor, a, mode, nonlinearity)


def kaiming_normal(tensor, a=0, mode="fan_in", nonlinearity="leaky_relu", generator=None) -> Tensor:
    return kaiming_normal_(tensor, a, mode, nonlinearity)


def orthogonal(tensor, gain=1, generator=None) -> Tensor:
    return orthogonal_(tensor, gain)


def sparse(tensor, sparsity, std=0.01, generator=None) -> Tensor:
    return sparse_(tensor, sparsity, std)
