# copy.deepcopy of modules: N independent encoder layers, copies keep internal ties, copy.copy shares.
# entry: Net(3)
# input: f32[2,5,4]
import copy

import torch.nn as nn


def clones(module, n):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(n)])


class Layer(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.q = nn.Linear(d, d)
        self.k = self.q
        self.w = nn.Parameter(self.q.weight.detach().clone())

    def forward(self, x):
        return self.q(x) + self.k(x) @ self.w


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        layer = Layer(4)
        self.layers = clones(layer, n)
        self.same = nn.ModuleList([layer] * 2)
        self.shallow = copy.copy(layer)
        self.cfg = copy.deepcopy({"dims": [4, 2]})
        self.head = nn.Linear(*self.cfg["dims"])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        for layer in self.same:
            x = layer(x)
        return self.head(self.shallow(x))
