# The same with index_add over rows found by where: inner sizes depend on values, the result's do not.
# entry: MoE(8, experts=3)
# input: f32[6,8]
# expect: either
import torch
import torch.nn as nn


class MoE(nn.Module):
    def __init__(self, dim, experts):
        super().__init__()
        self.gate = nn.Linear(dim, experts)
        self.experts = nn.ModuleList([nn.Linear(dim, dim) for _ in range(experts)])

    def forward(self, x):
        chosen = self.gate(x).argmax(-1)
        out = torch.zeros_like(x)
        for e, expert in enumerate(self.experts):
            rows = torch.where(chosen == e)[0]
            out.index_add_(0, rows, expert(x[rows]))
        return out
