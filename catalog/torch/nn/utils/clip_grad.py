"""Clipping of gradients: nothing of it shows in shapes."""
from __future__ import annotations

from _nw import tensor


def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None) -> Tensor:
    return tensor(())


def clip_grads_with_norm_(parameters, max_norm, total_norm, foreach=None) -> None:
    pass


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None) -> Tensor:
    return tensor(())


def clip_grad_norm(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None) -> Tensor:
    return tensor(())


def clip_grad_value_(parameters, clip_value, foreach=None) -> None:
    pass
