# What deque, defaultdict, Enum, Template, property and metaclasses say of themselves, and what they refuse.
# entry: Net()
# input: f32[1,1]
import collections
import enum
import string

import torch.nn as nn

SEEN = []
size: int = 3


def tried(action):
    try:
        SEEN.append(action())
    except Exception as error:
        SEEN.append(f"{type(error).__name__} {error}")


last = collections.deque([1, 2, 3], maxlen=3)
last.append(4)
last.appendleft(0)
last.rotate(1)
last += [9]
SEEN += [last, isinstance(last, list), isinstance(last, collections.abc.MutableSequence), last == collections.deque(last), last == list(last), last.maxlen, list(reversed(last)), [*last][0], 3 in last]
tried(lambda: last[0:1])
tried(lambda: last + [1])
tried(lambda: last.insert(0, 1))
tried(lambda: collections.deque().popleft())

groups = collections.defaultdict(list, {"a": [1]})
groups["b"].append(2)
SEEN += [groups, groups.default_factory, collections.defaultdict(None)]
groups.default_factory = None
tried(lambda: groups["c"])


class Colour(enum.Enum):
    RED = 1

    @property
    def twice(self):
        "doubled"
        return self.value * 2


def repaint():
    Colour.RED = 2


def forget():
    del Colour.RED


tried(repaint)
tried(forget)
tried(lambda: Colour(5))
Colour.note = "free"
SEEN += [Colour.note, Colour.twice.__doc__, property(lambda self: 1, doc="given").__doc__, Colour.twice.getter(lambda self: 0).__doc__]


class Watched(type):
    count = 0

    def __setattr__(cls, name, value):
        super().__setattr__(name, value * 2)

    @property
    def width(cls):
        return cls._width

    @width.setter
    def width(cls, value):
        cls._width = value + 1


class Settings(metaclass=Watched):
    depth = 1


Settings.depth = 4
Settings.width = 5
SEEN += [Settings.depth, Settings.width, sorted(name for name in vars(Settings) if not name.startswith("__"))]

text = string.Template("$a-${b}c $$ $missing ${d")
SEEN += [text.safe_substitute(a=1, b=2), string.Template("$x$$x").substitute({"x": "$y"})]
tried(lambda: text.substitute(a=1, b=2))
tried(lambda: string.Template("$x").substitute())


def deleted():
    value = 1
    del value
    return value


tried(deleted)
SEEN.append(list(__annotations__))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))

    def forward(self, x):
        return x
