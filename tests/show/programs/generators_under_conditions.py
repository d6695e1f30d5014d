# Generators that are first asked where nobody knows whether that code runs: they cannot wait there, so what they do too early is told.
# expect: refused
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


def counting(state):
    for _ in range(3):
        state["value"] += 1
        yield state["value"]


def failing(sizes):
    for size in sizes:
        if size > 2:
            raise ValueError(size)
        yield size


def adding():
    total = 0
    while total < 100:
        total += yield total


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(4, 4)

    def forward(self, x):
        state = {"value": 0}
        x = self.project(x)
        plain = next(size for size in (1, 2, 3) if size > 1)
        if x.sum() > 0:
            generator = counting(state)
            next(generator)
            return torch.zeros(state["value"])
        if x.sum() > -1:
            return torch.zeros(next(failing([1, 2, 3])))
        generator = adding()
        next(generator)
        return torch.zeros(generator.send(plain))
