# any, all, zip(strict=True), enumerate with start, map with several iterables, filter, sum with start, reversed range.
# entry: Net()
# input: f32[1,3]
from functools import reduce

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        w = [2, 4, 6]
        self.a = nn.Linear(3, 5 if all(x % 2 == 0 for x in w) and not any(x > 6 for x in w) else 1)
        for i, (x, y) in enumerate(zip(w, reversed(w), strict=True), start=3):
            self.add_module(f"z{i}", nn.Linear(3, x * y))
        self.b = nn.Linear(3, sum(map(lambda p, q: p * q, w, [1, 1])) + sum([[1], [2]], [])[1])
        self.c = nn.Linear(3, list(filter(None, [0, 3, "", 4]))[1] + reduce(lambda p, q: p * q, w, 1))
        try:
            list(zip(w, [1], strict=True))
            self.wrong = nn.Linear(3, 1)
        except ValueError:
            self.d = nn.Linear(3, 9)
        self.e = nn.Linear(3, len(range(10, 0, -3)) + range(10)[-1] + (5 in range(0, 10, 5)))
        self.f = nn.Linear(3, all([]) + any([]) + abs(-3) + pow(2, 3) + int(bool([0])))
        self.g = nn.Linear(3, len(list(zip(*[(1, 2), (3, 4)]))[1]) + [*map(int, "123")][2])

    def forward(self, x):
        return [m(x) for m in self.children()]
