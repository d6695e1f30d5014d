# class scope not visible in methods and comprehensions, walrus in comprehension, global rebinding, del of names, conditional definitions, name shadowing of builtins
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

import sys, textwrap
W = 4
def bump():
    global W
    W += 1
    return W

class Holder:
    W = 10
    items = [W for _ in range(2)]
    double = [w * 2 for w in items]
    def get(self):
        return W
    v2 = 2

if sys.version_info >= (3, 8):
    def pick(n): return n + 1
else:
    def pick(n): return n + 2

max_ = max
def max(*a):
    return max_(*a) + 1

class Net(nn.Module):
    n = 3
    m = n * 2
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, bump() + bump())
        self.b = nn.Linear(8, Holder().get() + Holder.items[0] + Holder.double[1] + Holder.v2)
        vals = [y for x in range(5) if (y := x * 2) > 3]
        self.c = nn.Linear(8, sum(vals) + y)
        self.d = nn.Linear(8, pick(2) + max(1, 2) + self.m)
        x = 5
        del x
        try:
            x
        except NameError:
            self.e = nn.Linear(8, 3)
        while (n := len(vals)) > 1:
            vals.pop()
        self.f = nn.Linear(8, n + len([i for i in range(3)]) + ("i" in dir()))
        self.g = nn.Linear(8, eval("W + 1") if False else W)
        len_ = (lambda len: len + 1)(3)
        self.h = nn.Linear(8, len_)
        list = [1, 2]
        self.i = nn.Linear(8, sum(list))
        self.j = nn.Linear(8, len(__class__.__name__) + sum(len(c.__name__) for c in [__class__]) + (__doc__ is None) + len(textwrap.__doc__ or "") * 0)
    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.e(x), self.f(x), self.g(x), self.h(x), self.i(x), self.j(x)
