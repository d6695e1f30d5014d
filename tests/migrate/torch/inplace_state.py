# entry: Net(4)
# input: f32[2,4]
"""Buffers that are written to in place: what is called stays the variable that it was."""
import torch
from torch import nn


class Counter(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.register_buffer("memory", torch.ones(1, dim))
        self.register_buffer("unused", torch.ones(dim))
        self.reset()

    def reset(self):
        self.unused.zero_()
        if self.unused.shape[-1] != self.memory.shape[-1]:
            raise ValueError("sizes")

    def forward(self, x):
        return x * self.memory


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.counter = Counter(dim)
        self.linear = nn.Linear(dim, 3)

    def forward(self, x):
        return self.linear(self.counter(x))
