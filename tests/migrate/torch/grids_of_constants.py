"""Positions that are computed from constants through meshgrid of a list."""
# entry: Net()
# input: f32[2,16,16]
import math

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 16)
        self.register_buffer("periods", torch.empty(4), persistent=False)
        self.fill()

    def fill(self):
        self.periods.copy_(100.0 ** (2.0 * torch.arange(4, dtype=torch.float32) / 8))

    def forward(self, x):
        places = [torch.arange(0.5, size, dtype=torch.float32) / size for size in (4, 4)]
        places = torch.stack(torch.meshgrid(places, indexing="ij"), dim=-1).flatten(0, 1)
        places = 2.0 * places - 1.0
        angles = 2 * math.pi * places[:, :, None].to(dtype=self.periods.dtype) / self.periods[None, None, :]
        angles = angles.flatten(1).tile(2)
        weights = torch.zeros(16, 16).fill_diagonal_(0.5) + torch.eye(17, 16)[1:] + torch.eye(16)
        return self.fc(x) * angles.sin() @ weights
