"""Steps as waves of many lengths: numbers are rounded to the tensor's type before anything is computed with them."""
# entry: Steps(16, 256)
# input: t=i64[3]{0..999}
import math

import torch
from torch import nn


class Steps(nn.Module):
    def __init__(self, width, frequencies):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(frequencies, width), nn.SiLU(), nn.Linear(width, width))
        self.frequencies = frequencies

    @staticmethod
    def waves(t, dim, longest=10000):
        half = dim // 2
        lengths = torch.exp(-math.log(longest) * torch.arange(start=0, end=half, dtype=torch.float32) / half).to(device=t.device)
        angles = t[:, None].float() * lengths[None]
        waves = torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1)
        if dim % 2:  # one is left
            waves = torch.cat([waves, torch.zeros_like(waves[:, :1])], dim=-1)
        return waves

    def forward(self, t):
        return self.mlp(self.waves(t, self.frequencies))
