"""Normalisation over features, groups and neighbours."""
from __future__ import annotations

from _nw import Parameter, check, known, layer, tensor
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Size", "Tensor", "init", "numbers", "torch")
__all__ = ["LocalResponseNorm", "CrossMapLRN2d", "LayerNorm", "GroupNorm", "RMSNorm"]


@layer(pivot="local_response_norm(input[n, c, ...], size=size, alpha=alpha, beta=beta, k=k)")
class LocalResponseNorm(Module):
    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input) -> Tensor:
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)


@layer
class CrossMapLRN2d(Module):
    def __init__(self, size, alpha=0.0001, beta=0.75, k=1):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input) -> Tensor:
        check(input.ndim == 4, "CrossMapLRN2d: Expected input to be 4D", ValueError)
        return tensor(input.shape, like=input)


def _shape(normalized_shape):
    if not known(normalized_shape):  # a symbol stands for a number
        return (normalized_shape,)
    return (normalized_shape,) if not hasattr(normalized_shape, "__iter__") else tuple(normalized_shape)


@layer(pivot="layer_norm(input, axes=last(len(normalized_shape)), scale=weight, offset=bias, epsilon=eps)")
class LayerNorm(Module):
    def __init__(self, normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        if elementwise_affine:
            self.weight = Parameter(tensor(self.normalized_shape, dtype))
        else:
            self.register_parameter("weight", None)
        if elementwise_affine and bias:
            self.bias = Parameter(tensor(self.normalized_shape, dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def forward(self, input) -> Tensor:
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)


@layer(pivot="group_norm(input[n, c, ...], groups=num_groups, scale=weight[c], offset=bias[c], epsilon=eps)")
class GroupNorm(Module):
    def __init__(self, num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True):
        super().__init__()
        check(num_channels % num_groups == 0, "num_channels must be divisible by num_groups", ValueError)
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        if affine:
            self.weight = Parameter(tensor((num_channels,), dtype))
        else:
            self.register_parameter("weight", None)
        if affine and bias:
            self.bias = Parameter(tensor((num_channels,), dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def forward(self, input) -> Tensor:
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)


@layer(pivot="rms_norm(x, axes=last(len(normalized_shape)), scale=weight, epsilon=eps)")
class RMSNorm(Module):
    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        if elementwise_affine:
            self.weight = Parameter(tensor(self.normalized_shape, dtype))
        else:
            self.register_parameter("weight", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def forward(self, x) -> Tensor:
        return F.rms_norm(x, self.normalized_shape, self.weight, self.eps)
