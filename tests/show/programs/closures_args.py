# late binding in lambdas, defaults in lambdas, nonlocal counters, star forwarding, keyword-only defaults, mutable defaults
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

def outer():
    n = 0
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return up, get

def collect(x, acc=[]):
    acc.append(x)
    return len(acc)

def f(a, /, b, *args, c=3, **kw):
    return a + b + sum(args) + c + sum(kw.values())

def fwd(*args, **kwargs):
    return f(*args, **{**kwargs, "c": 1})

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        makers = [lambda: nn.Linear(8, i) for i in range(1, 4)]
        fixed = [lambda i=i: nn.Linear(8, i) for i in range(1, 4)]
        self.a = nn.ModuleList(m() for m in makers)
        self.b = nn.ModuleList(m() for m in fixed)
        up, get = outer()
        up(); up(3)
        self.c = nn.Linear(8, get() + up())
        self.d = nn.Linear(8, collect(1) + collect(2) + collect(3))
        self.e = nn.Linear(8, fwd(1, 2, 3, z=4) + f(1, b=2))
        fs = []
        for k in (2, 3):
            def g(x, k=k):
                return x[..., :k]
            def h(x):
                return x[..., :k]
            fs += [g, h]
        self.fs = fs
        self.x = [(lambda y: (lambda z: y + z))(i)(10) for i in range(3)]
        self.f = nn.Linear(8, sum(self.x))
    def forward(self, x):
        return [f(x) for f in self.fs], self.f(x), self.b[0](x), self.a[0](x)
