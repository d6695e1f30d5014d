# locals() of a method that calls super(), what a module knows of itself.
# entry: Net.small(width=6)
# input: f32[2,20,8]
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.nn as nn

HAS_TORCH = find_spec("torch") is not None
HAS_OTHER = find_spec("a_package_that_nobody_has") is not None
WIDTH = 3 if (Path.home() / ".cache" / "a_cache_that_nobody_has").exists() else 4


class Net(nn.Module):
    def __init__(self, width, *, depth=2):
        super().__init__()
        self.options = locals()
        del self.options["self"]
        del self.options["__class__"]
        self.a = nn.Linear(8, width + len(self.options) + HAS_TORCH + HAS_OTHER)
        self.b = nn.Linear(8, WIDTH + (__spec__.name == __name__) + (__spec__.parent == __package__))

    @classmethod
    def small(cls, **changes):
        first = cls(4)
        return cls(**{**first.options, **changes})

    def forward(self, x):
        return self.a(x), self.b(x), torch.fft.rfft(x, n=24, dim=1).abs()
