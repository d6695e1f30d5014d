# Generators without an end, beside iterables that have one.
# entry: Net()
# input: f32[2,4]
import itertools

from torch import nn


def nones():
    while True:
        yield None


def numbers(start, step=1):
    n = start
    try:
        while True:
            yield n
            n += step
    finally:
        n = None


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(n, n + 1) for n, _ in zip(numbers(4), range(3)))
        odd = numbers(1, 2)
        self.first = nn.Linear(7, next(odd) + next(odd) + next(odd))
        self.second = nn.Linear(9, sum(itertools.islice(odd, 2)))

    def forward(self, x):
        for layer, none, _ in zip(self.layers, nones(), numbers(10)):
            x = layer(x) if none is None else x
        return self.second(self.first(x))
