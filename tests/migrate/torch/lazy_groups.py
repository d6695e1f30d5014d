# entry: Net()
# input: x=f32[2,3,9,8]
"""Lazy convolutions of the program's own, which take more than the number of channels from their first input."""
import torch
from torch import nn


class LazyDepthwise(nn.LazyConv2d):
    def __init__(self, kernel_size, multiplier=1, **options):
        super().__init__(1, kernel_size, **options)
        self.multiplier = multiplier

    def initialize_parameters(self, input):
        self.groups = input.shape[1]
        self.out_channels = self.multiplier * self.groups
        super().initialize_parameters(input)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.LazyConv2d(6, 3, stride=2, padding=1)
        self.depthwise = LazyDepthwise(3, multiplier=2, padding=1, bias=False)
        self.line = nn.LazyConv1d(4, 3, groups=2)

    def forward(self, x):
        x = torch.relu(self.depthwise(torch.relu(self.stem(x))))
        return x, self.line(x.flatten(2))
