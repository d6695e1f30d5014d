"""Helpers that write to their argument and give it back: the names of the caller are bound to what comes back."""
# entry: Net()
# input: f32[2,4]
from torch import nn


def add_shortcut(x, shortcut, whole: bool):
    if whole:
        x.add_(shortcut)
    else:
        x[:, 1:] += shortcut[:, 1:]
    return x


class Block(nn.Module):
    def __init__(self, whole):
        super().__init__()
        self.whole = whole
        self.linear = nn.Linear(4, 4)

    def _shift(self, x):
        x += 1
        return x

    def forward(self, x):
        y = self.linear(x)
        add_shortcut(y, x, self.whole)
        z = y * 2
        w = self._shift(z)
        return y + z + w


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList(Block(i == 0) for i in range(2))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
