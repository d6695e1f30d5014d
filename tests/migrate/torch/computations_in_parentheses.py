"""A layer's forward in parentheses, of one of two layers, and stores where no gradients are recorded."""
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, first=True):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
        self.first = first

    def forward(self, x):
        y = (self.a.forward)(x)
        y = y + (self.a if self.first else self.b).forward(x)
        y = y * ((self.b).forward)(x)
        rows = torch.zeros(2, 4)
        with torch.no_grad():
            rows[0] = y[0]
            rows[1] += x[1]
            rows[:] = y
        return y * rows
