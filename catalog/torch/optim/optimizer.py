"""torch.optim.optimizer."""
from typing import Any

from torch.optim import Optimizer

ParamsT = Any
_params_t = Any
required = object()


def _use_grad_for_differentiable(func):
    return func


def _default_to_fused_or_foreach(params, differentiable, use_fused=False):
    return False, False


def _get_capturable_supported_devices(supports_xla=True):
    return ["cuda"]
