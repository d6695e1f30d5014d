# A dataclass asks its own __setattr__ for each field: outputs that are dictionaries, too.
# entry: Net()
# input: f32[2,4]
from collections import OrderedDict
from dataclasses import dataclass, fields

import torch
from torch import nn


class Output(OrderedDict):
    def __post_init__(self):
        first = fields(self)[0].name
        value = getattr(self, first)
        others = all(self.__dict__.get(field.name) is None for field in fields(self)[1:])
        if others and not isinstance(value, torch.Tensor):
            setattr(self, first, None)
            super().__delitem__(first)
            self[first] = value

    def __setattr__(self, name, value):
        names = {field.name for field in fields(self)}
        if name in names and value is not None:
            super().__setitem__(name, value)
        super().__setattr__(name, value)

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        super().__setattr__(key, value)


@dataclass
class Maps(Output):
    feature_maps: tuple = None
    hidden: tuple = None


class Clipped:
    def __setattr__(self, name, value):
        object.__setattr__(self, name, min(value, 6))


@dataclass
class Widths(Clipped):
    inner: int = 9
    outer: int = 3


@dataclass(frozen=True)
class Fixed:
    inner: int = 9


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        widths = Widths(outer=8)
        self.first = nn.Linear(4, widths.inner)
        self.second = nn.Linear(4, widths.outer + Fixed().inner)

    def forward(self, x):
        out = Maps(feature_maps=(self.first(x), self.second(x)))
        return out["feature_maps"][1].repeat(1, len(out) + len(Maps(hidden=torch.zeros(1)) or [0, 0]))
