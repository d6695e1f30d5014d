# Enum members choose the layers; looked up by value and by name, and iterated.
# entry: Net("avg", norm=Norm.LAYER)
# input: f32[2,6,10]
from enum import Enum, IntEnum

import torch.nn as nn


class Pool(Enum):
    MAX = "max"
    AVG = "avg"


class Norm(IntEnum):
    NONE = 0
    BATCH = 1
    LAYER = 2


class Net(nn.Module):
    def __init__(self, pool, norm):
        super().__init__()
        pool = Pool(pool)
        self.pool = {Pool.MAX: nn.MaxPool1d, Pool.AVG: nn.AvgPool1d}[pool](2)
        if norm == Norm.BATCH:
            self.norm = nn.BatchNorm1d(6)
        elif norm is Norm["LAYER"]:
            self.norm = nn.LayerNorm(5)
        self.head = nn.Linear(5, len(Norm) + norm + len(pool.value))
        self.tag = pool.name

    def forward(self, x):
        x = self.head(self.norm(self.pool(x)))
        return {self.tag: x}
