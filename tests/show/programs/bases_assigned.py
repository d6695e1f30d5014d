# A class decorator that puts another class in front of the bases, as fairseq does.
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


class Counting:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.count()

    def count(self):
        self.width = 7

    def named(self):
        return "counting"


class Plain:
    def named(self):
        return "plain"


def counting(cls):
    cls.__bases__ = (Counting,) + tuple(base for base in cls.__bases__ if base != Counting)
    return cls


@counting
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Linear(width, self.width)

    def forward(self, x):
        return self.inner(x)


class Changed(Plain):
    pass


changed = Changed()
before = changed.named()
Changed.__bases__ = (Counting,)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(4)
        for i, answer in enumerate([before, changed.named(), [c.__name__ for c in Block.__mro__][:3], issubclass(Changed, Plain), isinstance(changed, Counting), Block.__bases__[0].__name__]):
            self.add_module(f"{i} {answer}", nn.Linear(1, 1))

    def forward(self, x):
        return self.block(x)
