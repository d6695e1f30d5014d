# Attributes that are given as a dictionary: `self.__dict__ = self`, shared ones, copies by hand, and dictionaries whose items are attributes.
# entry: Net()
# input: f32[1,1]
import argparse
import copy
from dataclasses import dataclass
from types import SimpleNamespace

from torch import nn


class Shared:
    everything = {}

    def __init__(self):
        self.__dict__ = self.everything


class Config(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Items(dict):
    __getattr__ = dict.get
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


@dataclass
class Options:
    width: int
    height: int = 2

    def update(self, **changes):
        made = Options.__new__(Options)
        made.__dict__ = self.__dict__.copy()
        for name, value in changes.items():
            setattr(made, name, value)
        return made


class Part(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.l = nn.Linear(1, width)

    def __getstate__(self):
        return {**self.__dict__, "note": 1}

    def __setstate__(self, state):
        self.__dict__ = state


first, second = Shared(), Shared()
first.size = 5
config = Config(width=3, inner=Config(depth=1))
config.height = 4
config["more"] = 9
copied = copy.copy(config)
copied.width = 8
items = Items(a=1)
items.b = 2
kept = dict(items)
del items.a
part = Part(3)
twin = nn.Linear.__new__(nn.Linear)
twin.__dict__ = part.l.__dict__.copy()
space = SimpleNamespace(a=1)
space.__dict__.update(b=2)
SEEN = [second.size, config.width, config.inner.depth, config["height"], config.more, dict(config), len(config), copied, config.width, hasattr(copy.deepcopy(config), "width")]
SEEN += [kept, items, items.missing, Options(5).update(height=7), twin.weight is part.l.weight, list(twin.state_dict()), copy.deepcopy(part).note, space, argparse.Namespace(a=1, b="x")]
SEEN += [argparse.Namespace(a=1) == argparse.Namespace(a=1), Config(a=Config(b=[1])).a.b[0], vars(Config(k=1))]
del config.more
SEEN.append(sorted(config))
try:
    part.__dict__ = 3
except TypeError as error:
    SEEN.append(str(error))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))
        self.part = copy.deepcopy(part)
        self.l = nn.Linear(config.width, config["height"])

    def forward(self, x):
        return self.part.l(x)
