"""Pruning: a parameter becomes its original and a mask; the product of both is what the layer reads."""
import torch
from torch.nn.parameter import Parameter


class BasePruningMethod:
    pass


def _mask(module, name, mask=None):
    original = getattr(module, name)
    if name + "_orig" not in module._parameters:
        del module._parameters[name]
        module.register_parameter(name + "_orig", Parameter(original))
        module.register_buffer(name + "_mask", torch.ones_like(original))
    masked = module._parameters[name + "_orig"] * module._buffers[name + "_mask"]
    setattr(module, name, masked)
    return module


def identity(module, name):
    return _mask(module, name)


def random_unstructured(module, name, amount):
    return _mask(module, name)


def l1_unstructured(module, name, amount, importance_scores=None):
    return _mask(module, name)


def random_structured(module, name, amount, dim):
    return _mask(module, name)


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    return _mask(module, name)


def custom_from_mask(module, name, mask):
    return _mask(module, name)


def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    for module, name in parameters:
        _mask(module, name)


class RandomUnstructured(BasePruningMethod):
    pass


class L1Unstructured(BasePruningMethod):
    pass


def remove(module, name):
    if name + "_orig" not in module._parameters:
        raise ValueError("Parameter '" + name + "' of module has to be pruned before pruning can be removed")
    original = module._parameters.pop(name + "_orig")
    module._buffers.pop(name + "_mask")
    delattr(module, name)
    setattr(module, name, original)
    return module


def is_pruned(module):
    for child in module.modules():
        for name in child._buffers:
            if name.endswith("_mask") and name[:-5] + "_orig" in child._parameters:
                return True
    return False
