# Names of a package that loads its parts when they are asked for: its version, a part of it, a class that it declares for type checkers,
# one that a part lists in `__all__`, and one that only the object tells that is there in the package's place.
# entry: Net(3)
# input: f32[2,4]
import importlib

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        from pkg_lazy import __version__, inner
        from pkg_lazy.inner import parts

        self.a = inner.parts.Block(4, width + int(__version__.split(".")[0]))
        self.b = parts.Block(width + 3, 2)
        listed = importlib.import_module("pkg_lazy.listed")
        self.c = listed.Narrow(2)
        self.d = listed.Wide(1)
        self.e = listed.Kept(2, 3)
        self.f = listed.Deep(3)
        self.is_same = self.find() is Net

    def find(self):
        from pkg_lazy import Net as found

        return found

    def forward(self, x):
        return self.f(self.e(self.d(self.c(self.b(self.a(x)))))) if self.is_same else x
