# lru_cache, cached_property, singledispatchmethod, wraps, reduce, total_ordering, partial keywords
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

import functools, operator
from functools import lru_cache, cached_property, reduce, wraps, singledispatchmethod, total_ordering, cache
CALLS = []

@lru_cache(maxsize=None)
def size(n):
    CALLS.append(n)
    return n * 2 if n < 5 else size(n - 1) + 1

def twice(f):
    @wraps(f)
    def inner(*a, **k):
        return f(*a, **k) * 2
    inner.extra = 3
    return inner

@twice
def width(a, b=1):
    """doc"""
    return a + b

@total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v

class Make:
    @singledispatchmethod
    def make(self, arg):
        return nn.Identity()
    @make.register
    def _(self, arg: int):
        return nn.Linear(8, arg)
    @make.register(str)
    def _(self, arg):
        return getattr(nn, arg)()

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        n = size(7) + size(7)
        self.a = nn.Linear(8, n + len(CALLS))
        m = Make()
        self.b = m.make(5)
        self.c = m.make("Tanh")
        self.d = m.make(None)
        self.e = nn.Linear(8, reduce(operator.mul, [2, 3, 2], 1) + width(1, b=2) + width.extra + len(width.__name__))
        self.f = nn.Linear(8, 2 + (V(1) >= V(1)) + (V(2) > V(1)))
    @cached_property
    def proj(self):
        CALLS.append("p")
        return self.a
    def forward(self, x):
        y = self.proj(x) + self.proj(x)
        return y, self.d(self.c(self.b(x))), self.e(x), self.f(x), x.new_zeros(CALLS.count("p"))
