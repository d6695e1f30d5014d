# entry: Net(8)
# input: f32[2,6,8]
"""A program that imports what it can do without by a function of its own."""
import importlib

import torch
from torch import nn


def optional_import(module, name=""):
    try:
        found = importlib.import_module(module)
        return (getattr(found, name) if name else found), True
    except ImportError:
        return None, False


def required(module, name):
    return getattr(importlib.import_module(module), name)


Rearrange, has_rearrange = optional_import("einops.layers.torch", name="Rearrange")
_, has_other = optional_import("a_package_that_nobody_has")
gelu = required("torch.nn.functional", "gelu")


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        if not has_rearrange:
            raise ValueError("einops is needed")
        self.split = Rearrange("b n (h d) -> b h n d", h=2)
        self.linear = nn.Linear(dim // 2, 3, bias=not has_other)

    def forward(self, x):
        return gelu(self.linear(self.split(x)))
