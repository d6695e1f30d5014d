# Decorators written in the file: wrapping, parametrised, counting calls, and one that registers.
# entry: Net()
# input: f32[1,4]
import functools

import torch.nn as nn

BUILDERS = {}
CALLS = []


def register(name):
    def wrap(fn):
        BUILDERS[name] = fn
        return fn
    return wrap


def counted(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        CALLS.append(fn.__name__)
        return fn(*args, **kwargs)
    return inner


def twice(times=2):
    def wrap(fn):
        def inner(width):
            return nn.Sequential(*[fn(width) for _ in range(times)])
        return inner
    return wrap


@register("square")
@counted
def square(width):
    return nn.Linear(width, width)


@twice(times=3)
@counted
def stack(width):
    return nn.Linear(width, width, bias=False)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = BUILDERS["square"](4)
        self.b = stack(4)
        self.c = nn.Linear(4, len(CALLS))

    def forward(self, x):
        return self.c(self.b(self.a(x)))
