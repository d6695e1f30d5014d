# Modulated convolution: weights made per sample, grouped by reshaping the batch into the channels.
# entry: Net(4, 6, style=5)
# input: f32[2,4,8,8]
# input: f32[2,5]
import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class EqualLinear(nn.Module):
    def __init__(self, i, o, bias_init=0, lr_mul=1):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(o, i).div_(lr_mul))
        self.bias = nn.Parameter(torch.zeros(o).fill_(bias_init))
        self.scale = (1 / math.sqrt(i)) * lr_mul

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, bias=self.bias)


class Net(nn.Module):
    def __init__(self, i, o, style, k=3):
        super().__init__()
        self.k, self.o = k, o
        self.weight = nn.Parameter(torch.randn(1, o, i, k, k))
        self.modulation = EqualLinear(style, i, bias_init=1)
        self.noise = nn.Parameter(torch.zeros(1))

    def forward(self, x, style):
        b, c, h, w = x.shape
        style = self.modulation(style).view(b, 1, c, 1, 1)
        weight = self.weight * style
        demod = torch.rsqrt(weight.pow(2).sum([2, 3, 4]) + 1e-8)
        weight = (weight * demod.view(b, self.o, 1, 1, 1)).view(b * self.o, c, self.k, self.k)
        out = F.conv2d(x.view(1, b * c, h, w), weight, padding=self.k // 2, groups=b)
        _, _, height, width = out.shape
        out = out.view(b, self.o, height, width)
        return out + self.noise * out.new_empty(b, 1, height, width).normal_()
