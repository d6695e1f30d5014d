"""Normalisations written by hand, statistics with and without correction."""
# entry: Net(6)
# input: f32[2,6,4,4]
import torch
import torch.nn as nn


class LayerNorm2d(nn.LayerNorm):
    """Over the channels of an image."""

    def forward(self, x):
        x = x.permute(0, 2, 3, 1)
        x = nn.functional.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)


class RMSNorm(nn.Module):
    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x):
        norm = x.float().pow(2).mean(1, keepdim=True).add(self.eps).rsqrt()
        return (x * norm).type_as(x) * self.weight.view(1, -1, 1, 1)


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.a = LayerNorm2d(dim)
        self.b = RMSNorm(dim)
        self.c = nn.GroupNorm(3, dim)

    def forward(self, x):
        x = self.c(self.b(self.a(x)))
        std, mean = torch.std_mean(x, dim=(2, 3), keepdim=True)
        return (x - mean) / (std + 1e-5), x.var(1, unbiased=False), x.std()
