"""Parametrisations: NAME becomes parametrizations.NAME.original, and reading the attribute computes it.

The framework gives the module a new class with a property for the name; here `module_getattr` finds it, the class stays.
"""
from __future__ import annotations

from _nw import Parameter, is_tensor, same
from torch.nn.modules.container import ModuleDict, ModuleList

__public__ = "torch.nn.utils.parametrize"


class cached:
    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass


def _register(module, name, held):
    if isinstance(held, Parameter):
        module.register_parameter(name, held)
    else:
        module.register_buffer(name, held)


class ParametrizationList(ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        self.unsafe = unsafe
        new = original
        for module in reversed(list(self)):
            if hasattr(module, "right_inverse"):
                try:
                    new = module.right_inverse(new)
                except NotImplementedError:
                    pass
        self.is_tensor = is_tensor(new)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            original.data = new
            _register(self, "original", original)
        else:
            for i, part in enumerate(new):
                if isinstance(original, Parameter):
                    part = Parameter(part, original.requires_grad)
                _register(self, "original" + str(i), part)

    def right_inverse(self, value):
        pass

    def forward(self) -> Tensor:
        modules = list(self._modules.values())
        if self.is_tensor:
            x = modules[0](self.original)
        else:
            x = modules[0](*[getattr(self, "original" + str(i)) for i in range(self.ntensors)])
        for module in modules[1:]:
            x = module(x)
        return x


def is_parametrized(module, tensor_name=None) -> bool:
    held = module._modules.get("parametrizations")
    if not isinstance(held, ModuleDict):
        return False
    return len(held) > 0 if tensor_name is None else tensor_name in held


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False) -> Any:
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        module.parametrizations[tensor_name].append(parametrization)
    elif tensor_name in module._buffers or tensor_name in module._parameters:
        held = ParametrizationList([parametrization], getattr(module, tensor_name), unsafe=unsafe)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            module.parametrizations = ModuleDict()
        module._modules["parametrizations"].add_module(tensor_name, held)
    else:
        raise ValueError("Module does not have a parameter, a buffer, or a parametrized element with name "
                         + tensor_name)
    return module


def remove_parametrizations(module, tensor_name, leave_parametrized=True) -> Any:
    if not is_parametrized(module, tensor_name):
        raise ValueError("Module does not have a parametrization on " + tensor_name)
    held = module.parametrizations[tensor_name]
    if held.is_tensor:
        original = held.original
    else:
        if not leave_parametrized:
            raise ValueError("Cannot leave unparametrized a tensor that is parametrized in terms of several tensors.")
        original = Parameter(same(getattr(module, tensor_name)))
    del module.parametrizations[tensor_name]
    _register(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
    return module


def type_before_parametrizations(module) -> Any:
    return type(module)


def transfer_parametrizations_and_params(from_module, to_module, tensor_name=None) -> Any:
    if is_parametrized(from_module):
        for name in list(from_module.parametrizations) if tensor_name is None else [tensor_name]:
            if not hasattr(to_module, name):
                setattr(to_module, name, Parameter(getattr(from_module, name)))
            for parametrization in from_module.parametrizations[name]:
                register_parametrization(to_module, name, parametrization, unsafe=True)
    return to_module
