# weight tying in several ways, deepcopy of tied modules, copies in lists, state dict of shared modules, parameter as attribute of two modules
# entry: Net()
# input: i64[2,5]{0..9}
import torch
import torch.nn as nn
import torch.nn.functional as F

import copy
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(10, 8)
        self.head = nn.Linear(8, 10, bias=False)
        self.head.weight = self.emb.weight
        block = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
        self.shared = nn.ModuleList([block] * 2)
        self.own = nn.ModuleList([copy.deepcopy(block) for _ in range(2)])
        pair = nn.ModuleList([self.head, self.emb])
        self.pair = copy.deepcopy(pair)
        self.alias = self.shared[0]
        self.p = nn.Parameter(torch.zeros(3))
        self.inner = nn.Module()
        self.inner.q = self.p
        self.holder = [nn.Linear(50, 50)]
        c = copy.copy(block)
        c.add_module("2", nn.Linear(8, 8))
        self.shallow = c
    def forward(self, i):
        x = self.emb(i)
        for m in self.shared:
            x = m(x)
        return F.linear(x, self.head.weight), self.shallow(x[0, 0])
