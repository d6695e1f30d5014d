"""Attributes whose names a Keras layer has for itself."""
# entry: Net(4)
# input: f32[2,4]
import torch
from torch import nn


class Part(nn.Module):
    def __init__(self, dim, name):
        super().__init__()
        self.name = name
        self.input = nn.Linear(dim, dim)  # the way in
        self.output = nn.Linear(dim, dim)
        self.path = [dim, dim]

    def build(self, x):
        return self.output(torch.relu(self.input(x)))

    def forward(self, x):
        return self.build(x) + len(self.path) + len(self.name)


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.layers = nn.ModuleList(Part(dim, f"part{i}") for i in range(2))
        self.loss = nn.Identity()

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.loss(x)
