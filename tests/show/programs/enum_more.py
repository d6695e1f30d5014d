# Enum members with methods, auto, Flag, IntEnum as size, lookup by name and value, aliases, iteration
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from enum import Enum, IntEnum, auto, Flag, unique

class Kind(Enum):
    RELU = "relu"
    GELU = "gelu"
    ALIAS = "relu"
    def make(self):
        return {Kind.RELU: nn.ReLU, Kind.GELU: nn.GELU}[self]()
    @classmethod
    def default(cls):
        return cls.GELU

class Size(IntEnum):
    SMALL = 4
    BIG = 16

class Auto(Enum):
    A = auto()
    B = auto()
    C = auto()

class Opt(Flag):
    NONE = 0
    BIAS = 1
    NORM = 2
    BOTH = BIAS | NORM

class Planet(Enum):
    EARTH = (3, 4)
    MARS = (5, 6)
    def __init__(self, a, b):
        self.a = a
        self.b = b

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.ModuleDict({k.name.lower(): k.make() for k in Kind})
        self.a = nn.Linear(8, Size.BIG)
        self.b = nn.Linear(Size.BIG, Size["SMALL"] + Auto.C.value)
        self.c = Kind("gelu").make()
        self.d = nn.Linear(7, len(Kind) + len(list(Auto)), bias=bool(Opt.BOTH & Opt.BIAS))
        self.e = nn.Linear(5, Planet.MARS.a * Planet.EARTH.b, bias=Opt.NORM in Opt.BIAS)
        self.f = nn.Linear(20, 3 if Kind.ALIAS is Kind.RELU else 4)
        self.g = Kind.default() == Kind.GELU
        self.h = nn.Linear(3, 1 + self.g + (Size.SMALL < Size.BIG))
    def forward(self, x):
        x = torch.where(x == Size.SMALL, x * Size.BIG, Size.SMALL - x)
        return self.h(self.f(self.e(self.d(self.b(self.c(self.a(x)))))))
