"""Plain modules that hold what is set on them, abstract bases from a star import, and imports behind a call."""
# entry: Net()
# input: x=f32[2,4]
import sys
sys.path.append("..")

from abc import *

import torch
import torch.nn as nn


class Base(nn.Module, metaclass=ABCMeta):
    @abstractmethod
    def scaled(self, x):
        pass


class Net(Base):
    def __init__(self):
        super().__init__()
        self.middle = nn.Module()
        self.middle.dense = nn.Linear(4, 4)
        self.ups = nn.ModuleList()
        for i in range(2):
            up = nn.Module()
            up.blocks = nn.ModuleList([nn.Linear(4, 4), nn.LayerNorm(4, bias=False)])
            self.ups.insert(0, up)

    def scaled(self, x):
        return x * 0.5

    def forward(self, x):
        x = torch.tanh(self.middle.dense(x))
        for up in self.ups:
            x = up.blocks[1](up.blocks[0](x)) + self.scaled(x)
        return x
