# NamedTuple with defaults and methods, namedtuple replace, TypedDict, unpacking of them
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from typing import NamedTuple, TypedDict, Generic, TypeVar, Protocol, runtime_checkable
from collections import namedtuple
T = TypeVar("T")

class Spec(NamedTuple):
    i: int
    o: int = 4
    bias: bool = True
    def build(self):
        return nn.Linear(*self)
    @property
    def area(self):
        return self.i * self.o

class Cfg(TypedDict, total=False):
    width: int
    depth: int

Point = namedtuple("Point", "x y z", defaults=(3,))

class Stack(Generic[T]):
    def __init__(self):
        self.items: list[T] = []
    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self

@runtime_checkable
class HasBuild(Protocol):
    def build(self) -> nn.Module: ...

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        cfg: Cfg = {"width": 6, "depth": 2}
        s = Spec(8)._replace(o=cfg["width"])
        self.a = s.build()
        self.b = nn.Linear(s.o, Point(1, 2).z + Point._fields.index("z") + len(s))
        q = Stack[int]().push(5).push(7)
        self.c = nn.Linear(8, sum(q.items))
        i, o, bias = Spec(12, 9, False)
        self.d = nn.Linear(i, o, bias)
        self.e = nn.Linear(9, Spec(2).area + isinstance(s, HasBuild) + isinstance(s, tuple))
        first, *rest = Point(7, 8, 9)
        self.f = nn.Linear(10, sum(rest))
    def forward(self, x):
        return self.b(self.a(x)), self.f(self.e(self.d(self.c(x))))
