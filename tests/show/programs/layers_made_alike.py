# entry: Net()
# input: f32[2,4,8,8]
"""Layers made with the same arguments are objects of their own: what happens to one says nothing of the others."""
import torch
from torch import nn


def conv():
    return nn.Conv2d(4, 4, 3, padding=1)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        first, tied, wide, bare = conv(), conv(), conv(), conv()
        tied.weight = first.weight
        wide.stride = (2, 2)
        bare.bias = None
        bare.register_buffer("scale", torch.ones(3))
        bare.register_forward_hook(lambda module, given, result: result.relu())
        self.convs = nn.ModuleList([first, tied, wide, bare, conv()])
        self.norms = nn.ModuleList([nn.BatchNorm2d(4) for _ in range(3)])
        self.norms[1].weight = nn.Parameter(torch.zeros(1, 4, 1, 1))
        self.norms[0].add_module("inner", nn.ReLU())
        del self.norms[2].running_mean
        self.attention = nn.ModuleList([nn.MultiheadAttention(4, 2) for _ in range(2)])
        self.attention[1].out_proj = nn.Linear(4, 4, bias=False)
        self.count = len({id(p) for p in self.parameters()})
        self.head = nn.Linear(4, self.count)

    def forward(self, x):
        x = self.convs[4](self.norms[0](self.convs[0](x)))
        x = self.convs[1](x)
        a, b = self.convs[2](x), self.convs[3](x)[:, :, ::2, ::2]
        tokens = (a + b).flatten(2).permute(2, 0, 1)
        tokens, _ = self.attention[0](tokens, tokens, tokens)
        return self.head(self.attention[1](tokens, tokens, tokens)[0])
