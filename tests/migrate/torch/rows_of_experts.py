# entry: Mixture()
# input: x=f32[6,4]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Mixture(nn.Module):
    """Layers that see as many rows as the gate has chosen for them."""

    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(4, 3, bias=False)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(4, 8), nn.GELU(), nn.Linear(8, 4)) for _ in range(3)])

    def forward(self, x):
        weights, chosen = torch.topk(F.softmax(self.gate(x), dim=1), 2)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            row, nth = torch.where(chosen == i)
            out[row] += weights[row, nth, None] * expert(x[row])
        return out
