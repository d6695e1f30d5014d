"""len() of a parameter, a buffer and an input."""
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(3, 4))
        self.register_buffer("degrees", torch.arange(4))

    def forward(self, x):
        n = len(self.weight)
        m = len(self.degrees) + len(x)
        return x @ self.weight.t() * n + m
