# Sequential from star lists, OrderedDict, append, insert, extend, slices, negative and assigned indices, del and len.
# entry: Net()
# input: f32[1,4]
from collections import OrderedDict

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Linear(4, 4), nn.ReLU()]
        self.a = nn.Sequential(*layers, nn.Linear(4, 5))
        self.b = nn.Sequential(OrderedDict([("in", nn.Linear(5, 6)), ("act", nn.Tanh()), ("out", nn.Linear(6, 5))]))
        self.c = nn.Sequential()
        self.c.append(nn.Linear(5, 5)).append(nn.Sigmoid())
        self.c.insert(0, nn.LayerNorm(5))
        self.c.extend([nn.Linear(5, 7), nn.ReLU()])
        self.d = self.c[:2]
        self.c[-1] = nn.Linear(7, len(self.c))
        self.e = nn.Sequential(nn.Linear(1, 1), nn.Linear(5, 2), nn.Linear(3, 3))
        del self.e[0]
        self.e.pop(-1)
        self.f = nn.Sequential(nn.Linear(2, 2)) + nn.Sequential(nn.Linear(2, 3))

    def forward(self, x):
        x = self.b(self.a(x))
        y = self.c(x)
        return y, self.f(self.e(self.d(x))), self.b[-1](self.b.act(self.b[0](x)))
