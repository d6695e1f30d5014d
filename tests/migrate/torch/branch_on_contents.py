"""Tests of what tensors hold choose between values that hold no layer: the same tests stand in the target."""
# entry: Chosen()
# input: f32[2,4]
import torch
from torch import nn


class Chosen(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 5)
        self.out = nn.Linear(5, 3)

    def forward(self, x):
        x = self.fc(x)
        if torch.isinf(x).any() or not (x.abs().max() < 1e-3):
            x = torch.clamp(x, -0.25, 0.25)
        elif x.mean() > 0:
            x = x - 1
        self.seen = x * 2 if x.min() < -0.2 else x
        m = None
        if (x > 10).all():
            m = -x
        return self.out(self.seen if m is None else m)
