# Context managers made of generators act before, around and behind their body; generators take turns with the loops that consume them.
# entry: Net()
# input: f32[2,8]
import contextlib
from contextlib import contextmanager

import torch
import torch.nn as nn

WIDTH = [8]
LOG = []


@contextmanager
def width(n):
    old = WIDTH[0]
    WIDTH[0] = n
    try:
        yield n * 2
    finally:
        WIDTH[0] = old


@contextmanager
def swallow(*kinds):
    try:
        yield
    except kinds as error:
        LOG.append(type(error).__name__)


@contextlib.contextmanager
def nested(n):
    with width(n) as twice, width(twice):
        LOG.append("in")
        yield WIDTH[0]
    LOG.append("out")


def early():
    with width(5):
        return nn.Linear(8, WIDTH[0])


def count():
    n = 0
    while True:
        n += 1
        yield n


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        with width(12) as twice:
            self.a = nn.Linear(8, WIDTH[0])
            self.b = nn.Linear(12, twice)
        self.c = nn.Linear(24, WIDTH[0])
        with swallow(KeyError, ValueError):
            self.d = nn.Linear(8, 8)
            {}["missing"]
            self.e = nn.Linear(1, 1)
        with nested(3) as six:
            self.f = nn.Linear(8, six)
        self.g = nn.Linear(six, len(LOG) + WIDTH[0])
        self.h = early()
        for i in (1, 2, 3):
            with width(i):
                if i == 2:
                    continue
                if i == 3:
                    break
        self.i = nn.Linear(WIDTH[0], i)
        self.layers = nn.ModuleList()
        for n in count():
            if n > 3:
                break
            self.layers.append(nn.Linear(8, 8 + n))
        self.size = 8
        for layer in self.make():
            self.add_module(f"grown{self.size}", layer)
            self.size *= 2
        else:
            self.last = nn.Linear(self.size, 1)
        for layer in self.more():
            self.add_module(f"more{self.size}", layer)
            self.size += 1

    def make(self):
        while self.size < 40:
            yield nn.Linear(self.size, self.size * 2)

    def more(self):
        self.size = 3
        kept = yield from self.inner()
        if self.size == 5:
            yield nn.Linear(kept, 7)

    def inner(self):
        for i in range(2):
            yield nn.Linear(self.size, i + 1)
        return 9

    def forward(self, x):
        with torch.no_grad(), width(4):
            y = self.c(self.b(self.a(x)))
        return self.g(self.f(y)), self.h(y)[:, :WIDTH[0]]
