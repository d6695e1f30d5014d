# entry: Net()
# input: f32[2,3,8,9]
"""Padding by negative widths crops, whatever it is filled with."""
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 4, 3)
        self.zeros = nn.ZeroPad2d((-1, 2, 0, -2))
        self.halves = nn.ConstantPad2d((1, -1, -1, 0), 0.5)
        self.last = nn.Conv2d(4, 2, 2)

    def forward(self, x):
        return self.last(self.halves(self.zeros(self.first(x))))
