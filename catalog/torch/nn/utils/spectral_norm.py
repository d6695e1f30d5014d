"""Spectral normalisation by a hook: the parameter NAME becomes NAME_orig, with buffers NAME_u and NAME_v."""
from __future__ import annotations

from _nw import Parameter, check, op, prod, same, tensor
from torch.nn.modules.conv import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d

__public__ = "torch.nn.utils"


@op(effects="buffer", pivot="l2_normalize(weight, axis=None, epsilon=eps) if u is None else divide(weight, reduce_sum(multiply(u, matmul(reshape(move_axis(weight, dim, 0), u.shape + v.shape), v))))")
def _spectral_norm(weight, u, v, dim=0, eps=1e-12) -> Tensor:
    return tensor(weight.shape, like=weight)


def _default_dim(module, dim):
    if dim is not None:
        return dim
    return 1 if isinstance(module, (ConvTranspose1d, ConvTranspose2d, ConvTranspose3d)) else 0


class SpectralNorm:
    _version = 1

    def __init__(self, name="weight", n_power_iterations=1, dim=0, eps=1e-12):
        check(n_power_iterations > 0, "Expected n_power_iterations to be positive", ValueError)
        self.name = name
        self.dim = dim
        self.n_power_iterations = n_power_iterations
        self.eps = eps

    def compute_weight(self, module, do_power_iteration):
        return _spectral_norm(getattr(module, self.name + "_orig"), getattr(module, self.name + "_u"),
                              getattr(module, self.name + "_v"), self.dim, self.eps)

    @staticmethod
    def apply(module, name, n_power_iterations, dim, eps):
        for hook in module._forward_pre_hooks.values():
            if isinstance(hook, SpectralNorm) and hook.name == name:
                raise RuntimeError("Cannot register two spectral_norm hooks on the same parameter " + name)
        hook = SpectralNorm(name, n_power_iterations, dim, eps)
        weight = module._parameters[name]
        rows = weight.shape[dim]
        delattr(module, name)
        module.register_parameter(name + "_orig", weight)
        setattr(module, name, same(weight))
        module.register_buffer(name + "_u", tensor((rows,), like=weight))
        module.register_buffer(name + "_v", tensor((prod(weight.shape) // rows,), like=weight))
        module.register_forward_pre_hook(hook)
        return hook

    def remove(self, module):
        weight = self.compute_weight(module, False)
        delattr(module, self.name)
        delattr(module, self.name + "_u")
        delattr(module, self.name + "_v")
        delattr(module, self.name + "_orig")
        module.register_parameter(self.name, Parameter(weight))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module, module.training))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None) -> Any:
    SpectralNorm.apply(module, name, n_power_iterations, _default_dim(module, dim), eps)
    return module


def remove_spectral_norm(module, name="weight") -> Any:
    for number, hook in list(module._forward_pre_hooks.items()):
        if isinstance(hook, SpectralNorm) and hook.name == name:
            hook.remove(module)
            del module._forward_pre_hooks[number]
            return module
    raise ValueError("spectral_norm of '" + name + "' not found")
