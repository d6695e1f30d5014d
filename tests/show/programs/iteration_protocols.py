# iter with sentinel, custom iterators, enumerate over dicts, zip of unequal lengths, islice, reversed of a dict, range objects.
# entry: Net()
# input: f32[1,3]
from itertools import chain, cycle, groupby, islice, repeat, starmap, takewhile, zip_longest

import torch.nn as nn


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        w = []
        w.extend(Countdown(3))
        w += [i * 10 + len(k) for i, k in enumerate({"a": 1, "bb": 2}, 1)]
        w += [a + b for a, b in zip((1, 2, 3), cycle((10, 20)))]
        w += [a * b for a, b in zip_longest((1, 2), (5,), fillvalue=4)]
        w += list(islice(chain([1], repeat(2)), 3)) + list(starmap(pow, [(2, 3)])) + list(takewhile(lambda v: v < 3, [1, 2, 3, 1]))
        w += [len(list(g)) for _, g in groupby("aabbb")] + list(reversed({7: 1, 8: 2})) + list(map(max, [(1, 9)]))
        stack = [1, 2, 3]
        w += list(iter(stack.pop, 1))
        it = iter([4, 5, 6])
        w += [next(it), *it, next(it, 3)]
        self.layers = nn.ModuleList(nn.Linear(3, v) for v in w)

    def forward(self, x):
        return [m(x) for m in self.layers]
