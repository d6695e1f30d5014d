"""Buffers that the constructor assigns again, also one registered as nothing, and parameters of lists that nothing uses."""
# entry: Net(4)
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.register_buffer("scale", torch.ones(1))
        self.register_buffer("shift", None)
        self.register_buffer("name", torch.zeros(n), persistent=False)
        self.scale = torch.arange(n).float() * 0.5
        self.scale = self.scale * 2 + self.scale.sum()
        self.shift = torch.full((n,), 2.0)
        self.name = torch.ones(n)
        self.lists = nn.ParameterList([nn.Parameter(torch.ones(n)) for _ in range(2)])
        self.table = nn.ParameterDict({"used": nn.Parameter(torch.zeros(n)), "left": nn.Parameter(torch.zeros(n))})
        self.part = nn.Module()
        self.part.factor = nn.Parameter(torch.ones(n))
        self.part.name = nn.Linear(n, n)

    def state(self, x):
        return x.new(2, 4).zero_()

    def forward(self, x):
        y = self.part.name(x) * self.part.factor
        return y * self.scale + self.shift * self.name + self.lists[0] * self.table["used"] + self.state(x)
