"""torch.ops: operators that extensions register. Those of torchvision are known."""
from __future__ import annotations

from _nw import unknown
from torch.ops import aten, torchvision


def load_library(path) -> None:
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return unknown("operators that an extension registers")
