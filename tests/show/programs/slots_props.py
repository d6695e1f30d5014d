# slots, property setters and deleters, class properties by metaclass, __dict__ edits, vars, setattr on classes, type() with three arguments, __new__ caching
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class S:
    __slots__ = ("a", "b")
    def __init__(self, a, b=2): self.a, self.b = a, b

class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @v.deleter
    def v(self): self._v = 100

class One:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None:
            cls._inst = super().__new__(cls)
        return cls._inst
    def __init__(self, n=0): self.n = getattr(self, "n", 0) + n

def make(name, n):
    def forward(self, x): return self.fc(x)
    def __init__(self):
        nn.Module.__init__(self)
        self.fc = nn.Linear(8, n)
    return type(name, (nn.Module,), {"__init__": __init__, "forward": forward, "n": n})

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        s = S(3)
        try:
            s.c = 1
        except AttributeError:
            self.a = nn.Linear(8, s.a + s.b)
        p = P(); p.v = 4
        self.b = nn.Linear(8, p.v)
        del p.v
        self.c = nn.Linear(8, p.v)
        One(2); o = One(3)
        self.d = nn.Linear(8, o.n)
        M = make("Dyn", 6)
        self.e = M()
        M.n = 9
        self.f = nn.Linear(8, self.e.n + (M.__name__ == "Dyn"))
        self.__dict__["plain"] = 3
        vars(p)["w"] = 5
        self.g = nn.Linear(8, self.plain + p.w + len(vars(p)))
        setattr(P, "extra", lambda self, k: k + self._v)
        self.h = nn.Linear(8, p.extra(1))
        self.i = nn.Linear(8, callable(make) + isinstance(M, type))
        object.__setattr__(self, "hidden", nn.Linear(70, 70))
    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.e(x), self.f(x), self.g(x), self.h(x), self.i(x)
