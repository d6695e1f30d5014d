"""torch.distributions.utils: what distributions of a program's own are written with."""
from __future__ import annotations

from functools import update_wrapper

import torch
from torch.nn.functional import softmax


def broadcast_all(*values):
    tensors = [value for value in values if isinstance(value, torch.Tensor)]
    like = {"dtype": tensors[0].dtype, "device": tensors[0].device} if tensors else {}
    return torch.broadcast_tensors(*[value if isinstance(value, torch.Tensor) else torch.tensor(value, **like) for value in values])


def _sum_rightmost(value, dim):
    return value if dim == 0 else value.reshape(value.shape[:-dim] + (-1,)).sum(-1)


def logits_to_probs(logits, is_binary=False):
    return torch.sigmoid(logits) if is_binary else softmax(logits, dim=-1)


def clamp_probs(probs):
    eps = torch.finfo(probs.dtype).eps
    return probs.clamp(min=eps, max=1 - eps)


def probs_to_logits(probs, is_binary=False):
    clamped = clamp_probs(probs)
    return torch.log(clamped) - torch.log1p(-clamped) if is_binary else torch.log(clamped)


class lazy_property:
    def __init__(self, wrapped):
        self.wrapped = wrapped
        update_wrapper(self, wrapped)

    def __get__(self, instance, obj_type=None):
        if instance is None:
            return property(self.wrapped)
        value = self.wrapped(instance)
        setattr(instance, self.wrapped.__name__, value)
        return value
