"""Names that the expressions of expressions.txt use."""
import collections
import copy
import enum
import functools
import math
import re
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __rmul__(self, factor):
        return Vector(factor * self.x, factor * self.y)

    def __eq__(self, other):
        return isinstance(other, Vector) and (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __lt__(self, other):
        return self.x < other.x

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def __repr__(self):
        return f"Vector({self.x}, {self.y})"

    def __bool__(self):
        return self.x != 0

    def __neg__(self):
        return Vector(-self.x, -self.y)


class Countdown:
    def __init__(self, start):
        self.left = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        return self.left


class Stack(list):
    def push(self, item):
        self.append(item)
        return self


class Names(dict):
    def __missing__(self, key):
        return key.upper()

    def __getattr__(self, name):
        return self[name]


class Recorder(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value * 2)


class Word(str):
    def shout(self):
        return self.upper() + "!"


class Size(tuple):
    def total(self):
        return sum(self)


class Kind(enum.Enum):
    FIRST = "first"
    SECOND = "second"


class Mode(str, enum.Enum):
    TRAIN = "train"
    TEST = "test"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


Point = namedtuple("Point", "x y", defaults=(5,))


class Row(NamedTuple):
    name: str
    size: int = 3

    def double(self):
        return self.size * 2


@dataclass
class Config:
    width: int = 64
    depths: list = field(default_factory=lambda: [2, 2])
    name: str = "base"


class Problem(ValueError):
    pass


class Temperature:
    def __init__(self, celsius):
        self._celsius = celsius

    @property
    def fahrenheit(self):
        return self._celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self._celsius = (value - 32) * 5 / 9

    @classmethod
    def freezing(cls):
        return cls(0)

    @staticmethod
    def unit():
        return "C"


def catch(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return type(error).__name__, str(error)


def generate(count):
    for i in range(count):
        yield i * i


def add(a, b=10, *rest, scale=1, **extra):
    return (a + b + sum(rest)) * scale, sorted(extra.items())


def mutate(container, *calls):
    for name, *arguments in calls:
        getattr(container, name)(*arguments)
    return container


def assign(container, index, value):
    container[index] = value
    return container


def remove(container, index):
    del container[index]
    return container


def warm(celsius, fahrenheit):
    made = Temperature(celsius)
    made.fahrenheit = fahrenheit
    return made._celsius
