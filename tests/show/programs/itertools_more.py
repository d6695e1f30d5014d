# chain, product, accumulate, groupby, islice, cycle, pairwise, zip_longest, starmap, takewhile, count
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from itertools import *
import itertools as it

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        dims = [8, 16, 4]
        self.a = nn.Sequential(*starmap(nn.Linear, pairwise(dims)))
        self.b = nn.ModuleList(nn.Linear(i, j) for i, j in product((2, 3), repeat=2))
        self.c = nn.ModuleDict({k: nn.Linear(len(list(g)), 1) for k, g in groupby("aaabbc")})
        self.d = nn.Linear(4, list(accumulate([1, 2, 3]))[-1] + list(accumulate([1, 2, 3], lambda a, b: a * b))[-1])
        acts = cycle([nn.ReLU, nn.Tanh])
        self.e = nn.Sequential(*[next(acts)() for _ in range(3)])
        self.f = nn.ModuleList(nn.Linear(a, b) for a, b in zip_longest([1, 2, 3], [4], fillvalue=7))
        self.g = nn.Linear(12, sum(islice(count(3, 2), 4)))
        self.h = nn.Linear(24, len(list(combinations(range(5), 2))) + len(list(permutations("abc", 2))))
        self.i = nn.ModuleList(nn.Linear(n, 2) for n in takewhile(lambda v: v < 4, chain([1, 2], range(3, 9))))
        self.j = nn.ModuleList(nn.Linear(n, 2) for n in dropwhile(lambda v: v < 4, chain.from_iterable([[1, 9], [2]])))
        a, b = tee([1, 2, 3])
        self.k = nn.Linear(sum(a), len(list(b)) + len(list(compress("abcd", [1, 0, 1, 1]))) + len(list(filterfalse(lambda v: v % 2, range(7)))))
        self.l = nn.ModuleList(map(nn.Linear, repeat(2, 3), count(1)))
    def forward(self, x):
        return self.h(self.g(self.d(self.e(self.a(x)))))
