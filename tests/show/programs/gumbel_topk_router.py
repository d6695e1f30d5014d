# A router over experts with topk and one_hot: sizes fixed, values unknown; loops over experts with masks summed.
# entry: MoE(8, experts=3, k=2)
# input: f32[2,5,8]
import torch
import torch.nn as nn
import torch.nn.functional as F


class MoE(nn.Module):
    def __init__(self, dim, experts, k):
        super().__init__()
        self.k = k
        self.gate = nn.Linear(dim, experts, bias=False)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(dim, 2 * dim), nn.SiLU(), nn.Linear(2 * dim, dim)) for _ in range(experts)])

    def forward(self, x):
        b, n, d = x.shape
        flat = x.reshape(-1, d)
        logits = self.gate(flat)
        weights, chosen = torch.topk(F.softmax(logits, dim=1, dtype=torch.float), self.k, dim=-1)
        weights = (weights / weights.sum(dim=-1, keepdim=True)).to(x.dtype)
        mask = F.one_hot(chosen, num_classes=len(self.experts)).permute(2, 1, 0)
        out = torch.zeros((b * n, d), dtype=x.dtype, device=x.device)
        for e, expert in enumerate(self.experts):
            w = (mask[e].float() * weights.t()).sum(0)
            out = out + expert(flat) * w[:, None]
        return out.reshape(b, n, d), logits
