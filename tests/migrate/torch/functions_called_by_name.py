"""Functions of the framework in variables and partial objects that are called with names of arguments, beside one that is not."""
# entry: Net()
# input: x=f32[2,4]
from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self, act="relu"):
        super().__init__()
        self.add = partial(torch.add, other=2)
        self.scaled = partial(torch.sub, alpha=3)
        self.divided = partial(torch.div, rounding_mode="floor")
        self.act = getattr(F, act)
        self.plain = F.silu
        self.weigh = torch.softmax
        self.pools = {"mean": partial(torch.mean, dim=1), "sum": partial(torch.sum, dim=-1, keepdim=True), "most": torch.argmax}
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        pooled = [pool(x) for pool in self.pools.values()], self.weigh(x, dim=-1), list(map(torch.clone, (x, x * 2)))
        return pooled, self.add(x) + self.scaled(x, x) + F.relu(x, inplace=False), self.act(self.fc(x), inplace=False), self.plain(x), self.divided(x, 0.3)
