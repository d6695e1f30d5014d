# entry: build()
# input: f32[2,6]
"""What decorators of other libraries leave behind: a constructor with another signature, checks of annotations. A layer that takes nothing."""
from functools import wraps

import torch
from beartype import beartype
from torch import Tensor, nn


def without_private(function):
    @wraps(function)
    def wrapper(self, *args, **kwargs):
        return function(self, *args, **{k: v for k, v in kwargs.items() if not k.startswith("_")})

    return wrapper


class Block(nn.Module):
    @without_private
    def __init__(self, dim, bias=True):
        super().__init__()
        self.linear = nn.Linear(dim, dim, bias=bias)

    @beartype
    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.linear(x))


class Scale(nn.Module):
    """Takes no argument: it is called for its weight."""

    def __init__(self, dim):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(dim))

    def forward(self):
        return self.scale * 2.0


class Net(nn.Module):
    @without_private
    def __init__(self, dim=6, bias=False):
        super().__init__()
        self.block = Block(dim, bias=bias)
        self.scale = Scale(dim)

    def forward(self, x):
        return self.block(x) * self.scale()


def build():
    return Net(6, bias=True, _other=3)
