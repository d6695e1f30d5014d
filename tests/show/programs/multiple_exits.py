# Early returns, returns inside loops and with, nested conditions on constants, unreachable code after a return.
# entry: Net("b", depth=3)
# input: f32[2,4]
import torch
import torch.nn as nn


def choose(kind):
    for name, width in (("a", 2), ("b", 5), ("c", 7)):
        if name == kind:
            return width
    return -1
    raise RuntimeError


class Net(nn.Module):
    def __init__(self, kind, depth):
        super().__init__()
        self.depth = depth
        if kind == "z":
            return
        self.layers = nn.ModuleList(nn.Linear(4, 4) for _ in range(choose(kind)))
        if depth < 2:
            self.wrong = nn.Linear(1, 1)
            return
        elif depth == 3:
            self.right = nn.Linear(4, 2)

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            if i >= self.depth:
                with torch.no_grad():
                    return self.right(x), i * x
            if i == 1:
                continue
            x = layer(x)
        return x
