# What is rarely asked for: reflected operators of subclasses, handlers' names, contexts of exceptions, bounded caches, abstract classes, formatted enumerations.
# entry: Net()
# input: f32[1,2]
import abc
import collections
import contextlib
import enum
import functools
import math

from torch import nn

FOUND = {}


class Left:
    def __add__(self, other):
        return "left"

    def __radd__(self, other):
        return "reflected"


class Right(Left):
    def __radd__(self, other):
        return "reflected first"


class Ordered:
    def __lt__(self, other):
        return "less"

    def __gt__(self, other):
        return "greater"

    def __eq__(self, other):
        return "same"


class Special(Ordered):
    def __gt__(self, other):
        return "special"

    def __eq__(self, other):
        return "special " + type(other).__name__


class Plain(Ordered):
    pass


FOUND["compared"] = [Ordered() < Special(), Ordered() == Special(), Special() == Ordered(), Ordered() < Plain(), Ordered() < Ordered(), Plain() < Ordered()]
FOUND["reflected"] = [Left() + Right(), Left() + Left(), 1 + Left(), Right() + Left()]
error = 5
try:
    raise ValueError
except ValueError as error:
    pass
FOUND["name"] = "error" in globals()
try:
    try:
        raise KeyError("a")
    except KeyError as first:
        raise ValueError("b") from first
except ValueError as second:
    FOUND["context"] = [type(second.__cause__).__name__, type(second.__context__).__name__]
calls = []


@functools.lru_cache(maxsize=2)
def bounded(n):
    calls.append(n)
    return n


for n in (1, 2, 3, 1, 3, 2):
    bounded(n)
FOUND["cache"] = calls


class Base(abc.ABC):
    @abc.abstractmethod
    def width(self):
        ...

    @property
    @abc.abstractmethod
    def depth(self):
        ...


class Half(Base):
    def width(self):
        return 1


class Whole(Half):
    depth = 3


def built(kind):
    try:
        kind()
    except TypeError:
        return "abstract"
    return "built"


FOUND["abstract"] = [built(kind) for kind in (Base, Half, Whole)]


class Number(enum.IntEnum):
    ONE = 1


class Text(enum.StrEnum):
    ALPHA = enum.auto()


class Kind(str, enum.Enum):
    CONV = "conv"


FOUND["enum by percent"] = ["%s" % Kind.CONV, "%5s|%r" % (Kind.CONV, Kind.CONV), "%d" % Number.ONE]
FOUND["enum"] = [f"{Number.ONE}", str(Number.ONE), f"{Number.ONE:>3}", str(Text.ALPHA), f"{Text.ALPHA}_x", repr(Text.ALPHA)]
FOUND["ordered"] = [collections.OrderedDict(a=1, b=2) == collections.OrderedDict(b=2, a=1), collections.OrderedDict(a=1) == {"a": 1}]


class Slotted:
    __slots__ = ("a",)


class Guessing:
    def __getattr__(self, name):
        return "guessed " + name

    @functools.cached_property
    def known(self):
        return 3

    @functools.cached_property
    def failing(self):
        raise AttributeError("no")


guessing = Guessing()
FOUND["guessed"] = [guessing.known, guessing.failing, guessing.other]
if not hasattr(nn.Module, "width_of_layers"):
    nn.Module.width_of_layers = lambda self: len(list(self.children()))
FOUND["patched"] = nn.Sequential(nn.ReLU(), nn.ReLU()).width_of_layers()
letters = {"a": 1}
FOUND["views"] = [letters.keys() == {"a"}, letters.items() <= {"a": 1, "b": 2}.items(), letters.values() == letters.values()]


class Outer:
    class Inner:
        def method(self):
            def local():
                pass
            return local


FOUND["names"] = [Outer.Inner.__qualname__, Outer.Inner.method.__qualname__, Outer.Inner().method().__qualname__]


@contextlib.contextmanager
def entered(log):
    log.append("in")
    yield
    log.append("out")


log = []


@entered(log)
def called(n):
    log.append(n)
    return n


FOUND["decorated"] = [called(1), called(2), log, called.__name__]
FOUND["slots"] = [hasattr(Slotted(), "__dict__"), math.fsum([0.1] * 10)]


def size(value):
    return sum((i + 1) * ord(c) for i, c in enumerate(repr(value))) % 89 + 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for name, value in FOUND.items():
            self.add_module(name, nn.Linear(2, size(value)))

    def forward(self, x):
        return [layer(x) for layer in self.children()]
