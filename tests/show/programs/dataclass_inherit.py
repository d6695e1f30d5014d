# dataclass inheritance, field factories, post init, replace, asdict, kw_only, order
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from dataclasses import dataclass, field, fields, asdict, astuple, replace, InitVar, KW_ONLY
from typing import ClassVar

@dataclass
class Base:
    dim: int = 8
    names: list = field(default_factory=lambda: ["a", "b"])
    total: ClassVar[int] = 3

@dataclass(order=True)
class Child(Base):
    depth: int = 2
    scale: InitVar[int] = 2
    hidden: int = field(init=False)
    _: KW_ONLY
    heads: int = 2

    def __post_init__(self, scale):
        self.hidden = self.dim * scale
        self.names.append(str(len(fields(self))))

@dataclass(frozen=True, eq=True)
class Key:
    a: int
    b: str = "x"

    @property
    def double(self):
        return self.a * 2

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        c = Child(heads=4)
        d = replace(c, depth=3, scale=3)
        self.n = nn.ModuleDict({n: nn.Linear(c.dim, c.hidden) for n in c.names})
        self.m = nn.Linear(d.hidden, len(asdict(c)) + len(astuple(d)[1]))
        table = {Key(1): 5, Key(2, "y"): 6}
        self.k = nn.Linear(8, table[Key(2, "y")] + Key(3).double + (Child(heads=1, dim=1) < Child(heads=1, dim=2)))
        self.s = nn.ModuleList(nn.Linear(8, f.default) for f in fields(Key) if isinstance(f.default, int))
        self.t = nn.Linear(8, Child.total + sum(1 for f in fields(Child) if f.init))
    def forward(self, x):
        y = sum(l(x) for l in self.n.values())
        return y, self.k(x), self.t(x)
