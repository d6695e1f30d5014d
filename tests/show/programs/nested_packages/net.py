# Names that a package gives by a module-level __getattr__ and by globals() in a loop.
# entry: Net(4)
# input: f32[2,4]
import nested_packages.core
import nested_packages.zoo as zoo
from nested_packages.zoo import make
from torch import nn

from . import core


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = make(n)
        self.b = zoo.Block(nn.Linear(n, n + 1))
        self.c = core.Head(n + 1)
        self.same = nested_packages.core is core

    def forward(self, x):
        return self.c(self.b(self.a(x))) if self.same else x
