# A subclass of nn.Sequential that hands its layers to the parent, and one with its own forward.
# entry: Net()
# input: f32[1,3,8,8]
import torch
import torch.nn as nn


class ConvBlock(nn.Sequential):
    def __init__(self, i, o, k=3, s=1, g=1, act=nn.ReLU6):
        padding = (k - 1) // 2
        super(ConvBlock, self).__init__(
            nn.Conv2d(i, o, k, s, padding, groups=g, bias=False),
            nn.BatchNorm2d(o),
            act(inplace=True),
        )


class Dense(nn.Sequential):
    def __init__(self, i, growth):
        super().__init__()
        self.add_module("norm", nn.BatchNorm2d(i))
        self.add_module("conv", nn.Conv2d(i, growth, 3, padding=1))

    def forward(self, x):
        return torch.cat([x, super().forward(x)], 1)


class Net(nn.Sequential):
    def __init__(self):
        super().__init__(ConvBlock(3, 8, s=2), Dense(8, 4), Dense(12, 4))
