"""Gradients flow through a tensor as if nothing had been written to it where none are recorded."""
# entry: Net()
# input: x=f32[2,4]
# refuse
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, x):
        y = self.linear(x)
        with torch.no_grad():
            y.clamp_(-1, 1)
        return y
