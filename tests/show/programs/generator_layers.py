# Generators: yield, yield from, generator expressions, next() and send-free pipelines.
# entry: Net((4, 6, 3))
# input: f32[1,4]
import itertools

import torch.nn as nn


def pairs(seq):
    it = iter(seq)
    last = next(it)
    for item in it:
        yield last, item
        last = item


def layers(dims):
    for i, o in pairs(dims):
        yield nn.Linear(i, o)
        yield nn.ReLU()
    yield from tail(dims[-1])


def tail(n):
    yield nn.LayerNorm(n)
    if n < 2:
        return
    yield nn.Linear(n, n)


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        self.net = nn.Sequential(*layers(dims))
        counter = itertools.count(10, 5)
        self.heads = nn.ModuleList(nn.Linear(3, next(counter)) for _ in range(2))
        self.more = nn.ModuleList(nn.Linear(3, w) for w in itertools.chain([1], itertools.accumulate([2, 3])))
        self.last = nn.ModuleList(nn.Linear(a, 3) for a, b in itertools.product((3, 2), repeat=2) if a > b or a == 2)

    def forward(self, x):
        x = self.net(x)
        return [h(x) for h in self.heads], [m(x) for m in self.more], self.last[0](x)
