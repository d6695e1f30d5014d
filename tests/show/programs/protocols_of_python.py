# entry: Net()
# input: f32[2,3]
"""Rules of Python's own protocols that programs seldom lean on: hashes, slots of data classes, formats, patterns, instance checks,
assignments that read what they write."""
from dataclasses import dataclass
from functools import singledispatch

from torch import nn


class Equal:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n


class Checked(type):
    def __instancecheck__(cls, thing):
        return hasattr(thing, "shape")


class Duck(metaclass=Checked):
    pass


@dataclass(slots=True)
class Slotted:
    width: int = 3


@dataclass(unsafe_hash=True)
class Hashed:
    width: int


class Formatted:
    def __format__(self, specification):
        return "F" + (specification or "empty")

    def __divmod__(self, other):
        return 6, other


class Holder:
    def __init__(self):
        self._width = 5

    @property
    def width(self):
        return self._width


class Narrow(Holder):
    @Holder.width.setter
    def width(self, value):
        self._width = value


@singledispatch
def width_of(thing):
    return 1


width_of.register(list, lambda thing: len(thing))


def tried(function, *errors):
    try:
        return function()
    except errors as error:
        return type(error).__name__


def matched(thing):
    match thing:
        case [first, *rest]:
            return first + len(rest)
    return 0


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        narrow = Narrow()
        narrow.width = 9
        names = [tried(lambda: {Equal(1): 2}, TypeError), tried(lambda: setattr(Slotted(), "depth", 1), AttributeError), f"{Formatted()}", f"{Formatted():x}",
                 f"{True:5}", f"{'é'!a}", str(5e-324), print.__name__]
        for i, name in enumerate(names):
            self.add_module(f"{i}_{name}".replace(".", "_"), nn.Linear(3, i + 1))
        numbers = [Equal.__hash__ is None, isinstance(Duck(), Duck), len({Hashed(1), Hashed(1)}), divmod(Formatted(), 4)[1], matched(range(3, 9)), narrow.width,
                   Narrow.width.fget is Holder.width.fget, width_of.dispatch(list)([1, 2])]
        turns, counts = iter(range(9)), [0, 2, 4]
        counts[next(turns)] += 1 + next(turns)  # the index is asked for once
        counts[next(turns)] *= 2
        self.last = nn.ModuleList([nn.Linear(3, 1 + int(number)) for number in numbers + counts])

    def forward(self, x):
        return [layer(x) for layer in self.last]
