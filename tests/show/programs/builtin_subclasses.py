# Classes that derive from Python's own and ask them through super(): texts, comparison, containers.
# entry: Net()
# input: f32[1,1]
from collections import OrderedDict, namedtuple

from torch import nn


class Pair(namedtuple("Pair", "a b")):
    def __repr__(self):
        return "x" + super().__repr__()

    def __str__(self):
        return "s" + super().__str__()


class Items(list):
    def __repr__(self):
        return "L" + super().__repr__()


class Table(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)

    def __getitem__(self, key):
        return super().__getitem__(key) + 1

    def __iter__(self):
        return iter(sorted(super().__iter__()))

    def keys(self):
        return list(super().keys())[::-1]

    def __str__(self):
        return "S" + dict.__str__(self)


class Ordered(OrderedDict):
    def __repr__(self):
        return "O" + super().__repr__()


class Wrong(ValueError):
    def __repr__(self):
        return "E" + super().__repr__()

    def __str__(self):
        return "F" + super().__str__()


class Whole(int):
    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__()


class Row(tuple):
    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__()

    def __len__(self):
        return super().__len__() + 100


table = Table()
table["b"] = 2
table["a"] = 1
row = Row((1, 2))
SEEN = [Pair(1, 2), str(Pair(1, 2)), Items([1, Items([2])]), str(table), dict(table), {**table, "c": 1}, Ordered(a=1), Wrong("z"), str(Wrong("z")), Whole(3) == 3, {Whole(3): 1}[3], row == (1, 2), len(row), {row: 1}[Row((1, 2))], row != (1, 2)]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))

    def forward(self, x):
        return x
