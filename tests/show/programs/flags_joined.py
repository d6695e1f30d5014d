# entry: Net()
# input: f32[2,3]
"""Flags: members joined in the class's body, names of joined ones, what is gone through; those that are integers keep other bits."""
from enum import Flag, IntFlag, auto

from torch import nn


class Part(Flag):
    CONV = auto()
    NORM = auto()
    ACT = auto()
    BLOCK = CONV | NORM | ACT


class Bits(IntFlag):
    A = 1
    B = 2
    C = 8


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for part in Part:
            self.add_module(part.name, nn.Linear(3, part.value))
        self.add_module(str(Part.CONV | Part.ACT).replace(".", "_"), nn.Linear(3, Part.BLOCK.value))
        self.add_module(repr(Bits.A | 4).replace(".", "_"), nn.Linear(3, len(Part)))
        self.last = nn.Linear(3, int(~Bits.A & 15) + (Bits.A | Bits.B) + len(list(~Part.CONV)))

    def forward(self, x):
        return self.last(x)
