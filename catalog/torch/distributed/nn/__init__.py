"""torch.distributed.nn: collectives, seen from one process."""
from __future__ import annotations


def all_reduce(tensor, op=None, group=None) -> Tensor:
    return tensor


def all_gather(tensor, group=None) -> Any:
    return (tensor,)


def broadcast(tensor, src, group=None) -> Tensor:
    return tensor


def reduce(tensor, dst, op=None, group=None) -> Tensor:
    return tensor
