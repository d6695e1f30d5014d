# functools.singledispatch and a table keyed by type; functools.reduce and wraps on a function.
# entry: Net()
# input: f32[1,4]
import functools

import torch.nn as nn


@functools.singledispatch
def out(m, i):
    return i


@out.register
def _(m: nn.Linear, i):
    return m.out_features


@out.register(nn.Sequential)
def _seq(m, i):
    return functools.reduce(lambda a, layer: out(layer, a), m, i)


SIZES = {nn.Linear: lambda m: m.out_features, nn.ReLU: lambda m: 1}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 7), nn.ReLU(), nn.Linear(7, 6), nn.ReLU())
        self.head = nn.Linear(out(self.body, 4), sum(SIZES[type(m)](m) for m in self.body))

    def forward(self, x):
        return self.head(self.body(x))
