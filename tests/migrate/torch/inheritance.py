"""Inheritance: class attributes, the text of the class that is derived from, super with and without arguments, an abstract base, a mixin."""
# entry: Net(4)
# input: x=f32[2,4]
import torch.nn as nn
from abc import ABC, abstractmethod


class Scaled(nn.Linear):
    __doc__ = nn.Linear.__doc__

    def forward(self, x):
        return super().forward(x) * 0.5


class Mixin:
    scale = 2.0

    def scaled(self, x):
        return x * self.scale


class Base(nn.Module, ABC):
    norm_class = nn.LayerNorm
    depth: int = 1

    def __init__(self, dim, **kwargs):
        super(Base, self).__init__()
        self.dim = dim
        self.norm = self.norm_class(dim)
        self.make_layers(**kwargs)

    @abstractmethod
    def make_layers(self):
        ...

    def forward(self, x):
        return self.norm(x)


class Net(Mixin, Base):
    depth = 2

    def __init__(self, dim, bias=True):
        super().__init__(dim, bias=bias)
        self.post = nn.Sequential(nn.Tanh(), Scaled(dim, dim))

    def make_layers(self, bias=True):
        self.body = nn.ModuleList([nn.Linear(self.dim, self.dim, bias=bias) for _ in range(self.depth)])

    def forward(self, x):
        x = super().forward(x)
        for layer in self.body:
            x = layer(x)
        return self.post(self.scaled(x))
