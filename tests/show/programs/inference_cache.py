# Values computed once and kept: a dict keyed by shapes, lru_cache on a method, an attribute tested by hasattr.
# entry: Net()
# input: f32[2,6,4]
from functools import lru_cache

import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.cache = {}

    def mask(self, n, device):
        key = (n, str(device))
        if key not in self.cache:
            self.cache[key] = torch.ones(n, n, device=device).tril().bool()
        return self.cache[key]

    @lru_cache()
    def positions(self, n):
        return torch.arange(n).float()[:, None]

    def forward(self, x):
        n = x.shape[1]
        if not hasattr(self, "seen"):
            self.seen = []
        self.seen.append(n)
        scores = (self.fc(x) @ x.mT).masked_fill(~self.mask(n, x.device), float("-inf"))
        scores = scores.masked_fill(self.mask(n, x.device).logical_not(), -1e4)
        return scores.softmax(-1) @ (x + self.positions(n)), len(self.seen) * x
