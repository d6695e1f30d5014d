"""Callees in parentheses of their own."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, act=None):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.act = act or nn.ReLU()
        self.wide = None

    def forward(self, x):
        y = (self.act)(self.fc(x)) + (self.wide or self.fc)(x)  # either of two
        return (self.fc if y.ndim == 2 else self.act)((torch.tanh)(y)) if x.shape[-1] == 4 else (self.act)(y)
