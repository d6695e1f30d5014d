# Classes of a program that derive from classmethod and property and say themselves what they give.
# entry: Net.make(5)
# input: f32[2,4]
import functools

from torch import nn


class restricted(classmethod):
    def __init__(self, method):
        super().__init__(method)
        self.method = method

    def __get__(self, instance, cls=None):
        @functools.wraps(self.method)
        def wrapper(*args):
            if instance is not None:
                raise TypeError("only of the class")
            return self.method(cls, *args)

        return wrapper


class doubled(property):
    def __init__(self, get):
        super().__init__(get)
        self.get = get

    def __get__(self, instance, cls=None):
        return self if instance is None else 2 * self.get(instance)


class plain(classmethod):
    pass


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.a = nn.Linear(4, self.size)
        self.b = nn.Linear(self.size, self.last())

    @restricted
    def make(cls, width):
        return cls(width)

    @doubled
    def size(self):
        return self.width

    @plain
    def last(cls):
        return 3

    def forward(self, x):
        return self.b(self.a(x))
