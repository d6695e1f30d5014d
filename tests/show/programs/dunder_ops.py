# operator overloading, __contains__, __missing__, __getitem__ iteration, __eq__ with hash, __bool__, __len__ truth, __iadd__, __matmul__, __rsub__, __format__, __index__
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Dim:
    def __init__(self, v): self.v = v
    def __add__(self, o): return Dim(self.v + getattr(o, "v", o))
    __radd__ = __add__
    def __rsub__(self, o): return Dim(o - self.v)
    def __mul__(self, o): return NotImplemented if isinstance(o, str) else Dim(self.v * o)
    def __rmul__(self, o): return Dim(self.v * 100)
    def __iadd__(self, o): self.v += o; return self
    def __index__(self): return self.v
    def __int__(self): return self.v + 1
    def __bool__(self): return self.v > 2
    def __eq__(self, o): return isinstance(o, Dim) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __format__(self, s): return f"dim{self.v}{s}"
    def __neg__(self): return Dim(-self.v)
    def __call__(self, n): return self.v * n
    def __getattr__(self, n):
        if n.startswith("times"): return self.v * int(n[5:])
        raise AttributeError(n)

class D(dict):
    def __missing__(self, k):
        self[k] = len(k)
        return self[k]

class Seq:
    def __init__(self, n): self.n = n
    def __getitem__(self, i):
        if i >= self.n: raise IndexError
        return i + 1
    def __len__(self): return 0

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        d = Dim(3) + 2 + Dim(1)
        d += 1
        self.a = nn.Linear(8, d.__index__())
        self.b = nn.Linear(8, (10 - Dim(4)).v + (2 * Dim(1)).v // 10)
        self.c = nn.ModuleDict({f"{d:x}": nn.Linear(1, int(d))})
        self.d = nn.Linear(8, range(20)[d] + [5, 6, 7, 8, 9, 10, 11, 12][d] + (Dim(2) and 1).v if not Dim(2) else 1)
        self.e = nn.Linear(8, len({Dim(1), Dim(1), Dim(2)}) + sorted([Dim(5), Dim(4)])[0].v + d(2) + d.times3)
        k = D(a=1)
        self.f = nn.Linear(8, k["bbb"] + k["a"] + len(k) + (k.get("zz") or 4))
        self.g = nn.ModuleList(nn.Linear(1, i) for i in Seq(3))
        self.h = nn.Linear(8, 5 if Seq(3) else 6, bias=2 in Seq(3))
        self.i = nn.Linear(8, max(Dim(3), Dim(9)).v + (-Dim(-2)).v)
        self.j = nn.Linear(8, hasattr(d, "nope") + 1 + getattr(d, "times2"))
    def forward(self, x):
        return [m(x) for n, m in self.named_children() if n not in "cg"]
