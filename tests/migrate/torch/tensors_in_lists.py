"""Tensors of a list or a dictionary that are changed in place, copies by the class of tensors, and functions of integers."""
# entry: Net()
# input: x=f32[2,4]
# input: n=i64[2,4]{0..5}
from functools import partial

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])
        self.limit = partial(torch.clamp, min=-0.5)

    def forward(self, x, n):
        outs = [layer(x) for layer in self.layers]
        outs[1].add_(outs[0])
        outs[-1].relu_().mul_(2)
        table = {"copied": torch.Tensor(torch.ones(2, 4))}
        table["copied"].mul_(3)
        i = 1
        outs[i][0].zero_()
        return torch.stack(outs[1:], 1) + table["copied"].unsqueeze(1), self.limit(x), n.sqrt(), n.exp() + torch.rsqrt(n + 1)
