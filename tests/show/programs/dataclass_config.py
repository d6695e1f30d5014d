# A dataclass config with defaults, a default factory, a derived field in __post_init__ and replace().
# entry: Net(Config(hidden=12, layers=3))
# input: f32[2,7,12]
import dataclasses
from dataclasses import dataclass, field
from typing import List, Optional

import torch.nn as nn


@dataclass
class Config:
    hidden: int = 8
    heads: int = 4
    layers: int = 2
    ratio: float = 2.5
    sizes: List[int] = field(default_factory=lambda: [3, 5])
    inner: Optional[int] = None
    head_dim: int = field(init=False)

    def __post_init__(self):
        self.head_dim = self.hidden // self.heads
        if self.inner is None:
            self.inner = int(self.hidden * self.ratio)


class Block(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.qkv = nn.Linear(config.hidden, 3 * config.heads * config.head_dim)
        self.up = nn.Linear(config.hidden, config.inner)
        self.down = nn.Linear(config.inner, config.hidden)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return self.down(self.up(q * k + v))


class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        wide = dataclasses.replace(config, ratio=3.0, inner=None)
        self.blocks = nn.ModuleList([Block(wide if i % 2 else config) for i in range(config.layers)])
        self.heads = nn.ModuleList(nn.Linear(config.hidden, n) for n in config.sizes)

    def forward(self, x):
        for block in self.blocks:
            x = x + block(x)
        return tuple(head(x) for head in self.heads)
