"""A table that the constructor computes from a buffer which checkpoints hold: it is of what the buffer was then."""
# entry: Net(8)
# input: x=f32[2,3,5,8]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        frequencies = 1.0 / (10000 ** (torch.arange(0, width, 2).float() / width))
        self.register_buffer("frequencies", frequencies)
        self.register_buffer("scale", torch.zeros(width))
        self.scale.fill_(2)
        angles = torch.outer(torch.arange(16), frequencies)
        self.register_buffer("turns", torch.polar(torch.ones_like(angles), angles), persistent=False)
        self.register_buffer("doubled", self.scale * 2, persistent=False)

    def forward(self, x):
        count = x.shape[-2]
        pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2)) * self.turns[:count]
        angles = torch.arange(count)[:, None] * self.frequencies
        return torch.view_as_real(pairs).flatten(3) * self.doubled, x[..., ::2] * angles.cos() * self.scale[0]
