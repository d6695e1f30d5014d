# Class decorators: one returns the class unchanged after registering it, one adds a method and an attribute.
# entry: build("Net", 6)
# input: f32[1,6]
import torch.nn as nn

REGISTRY = {}


def register(cls):
    REGISTRY[cls.__name__] = cls
    return cls


def with_head(out):
    def wrap(cls):
        def head(self, x):
            return self.out(x)
        cls.head = head
        cls.out_features = out
        return cls
    return wrap


@register
@with_head(out=3)
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.out = nn.Linear(n, self.out_features)

    def forward(self, x):
        return self.head(x)


def build(name, *args):
    return REGISTRY[name](*args)
