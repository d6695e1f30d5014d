"""Submodules called with numbers, strings, lists, dicts and None by position."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x, scale, mode, sizes, options, extra=None):
        y = self.fc(x) * scale + sum(sizes)
        if mode == "double":
            y = y * options["by"]
        return (y, extra) if extra is not None else (y, None)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def forward(self, x):
        y, nothing = self.inner(x, 0.5, "double", [1, 2], {"by": 3})
        z, e = self.inner(y, 2, "single", (1,), {}, x)
        return z + e, y if nothing is None else z
