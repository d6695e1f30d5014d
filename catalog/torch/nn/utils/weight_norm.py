"""Weight normalisation by a hook: the parameter NAME becomes NAME_g and NAME_v."""
from __future__ import annotations

from _nw import Parameter, op, same, tensor

__public__ = "torch.nn.utils"


@op(pivot="weight_norm(v, g, axis=dim)")
def _weight_norm(v, g, dim=0) -> Tensor:
    return tensor(v.shape, like=v)


def _norm_shape(weight, dim):
    """The shape of the norms over all axes but one; a bare number for dim -1."""
    if dim == -1:
        return ()
    axis = dim % weight.ndim
    return tuple([weight.shape[i] if i == axis else 1 for i in range(weight.ndim)])


class WeightNorm:
    def __init__(self, name, dim):
        self.name = name
        self.dim = -1 if dim is None else dim

    def compute_weight(self, module):
        return _weight_norm(getattr(module, self.name + "_v"), getattr(module, self.name + "_g"), self.dim)

    @staticmethod
    def apply(module, name, dim):
        for hook in module._forward_pre_hooks.values():
            if isinstance(hook, WeightNorm) and hook.name == name:
                raise RuntimeError("Cannot register two weight_norm hooks on the same parameter " + name)
        hook = WeightNorm(name, dim)
        weight = getattr(module, name)
        del module._parameters[name]
        module.register_parameter(name + "_g", Parameter(tensor(_norm_shape(weight, hook.dim), like=weight)))
        module.register_parameter(name + "_v", Parameter(same(weight)))
        setattr(module, name, hook.compute_weight(module))
        module.register_forward_pre_hook(hook)
        return hook

    def remove(self, module):
        weight = self.compute_weight(module)
        delattr(module, self.name)
        del module._parameters[self.name + "_g"]
        del module._parameters[self.name + "_v"]
        setattr(module, self.name, Parameter(weight))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module, name="weight", dim=0) -> Any:
    WeightNorm.apply(module, name, dim)
    return module


def remove_weight_norm(module, name="weight") -> Any:
    for number, hook in list(module._forward_pre_hooks.items()):
        if isinstance(hook, WeightNorm) and hook.name == name:
            hook.remove(module)
            del module._forward_pre_hooks[number]
            return module
    raise ValueError("weight_norm of '" + name + "' not found")
