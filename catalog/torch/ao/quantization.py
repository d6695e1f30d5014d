"""torch.ao.quantization: stubs are identities, the rest is not modelled."""
from __future__ import annotations

from _nw import layer, unknown
from torch.nn.modules.module import Module

__public__ = "torch.ao.quantization"


@layer(pivot="identity(x)")
class QuantStub(Module):
    def __init__(self, qconfig=None):
        super().__init__()

    def forward(self, x) -> Any:
        return x


@layer(pivot="identity(x)")
class DeQuantStub(Module):
    def __init__(self, qconfig=None):
        super().__init__()

    def forward(self, x) -> Any:
        return x


class QConfig:
    def __init__(self, activation, weight):
        self.activation = activation
        self.weight = weight


def default_observer(**kwargs) -> Any:
    return unknown("an observer of quantisation")


def default_weight_observer(**kwargs) -> Any:
    return unknown("an observer of quantisation")


def default_per_channel_weight_observer(**kwargs) -> Any:
    return unknown("an observer of quantisation")


def get_default_qconfig(backend="x86", version=0) -> Any:
    return QConfig(default_observer, default_weight_observer)


def get_default_qat_qconfig(backend="x86", version=1) -> Any:
    return QConfig(default_observer, default_weight_observer)


def fuse_modules(model, modules_to_fuse, inplace=False, fuser_func=None, fuse_custom_config_dict=None) -> Any:
    return unknown("a model with fused modules")


def fuse_modules_qat(model, modules_to_fuse, inplace=False, fuser_func=None, fuse_custom_config_dict=None) -> Any:
    return unknown("a model with fused modules")


def prepare(model, inplace=False, allow_list=None, observer_non_leaf_module_list=None,
            prepare_custom_config_dict=None) -> Any:
    return unknown("a model prepared for quantisation")


def prepare_qat(model, mapping=None, inplace=False) -> Any:
    return unknown("a model prepared for quantisation")


def convert(module, mapping=None, inplace=False, remove_qconfig=True, is_reference=False,
            convert_custom_config_dict=None, use_precomputed_fake_quant=False) -> Any:
    return unknown("a quantised model")
