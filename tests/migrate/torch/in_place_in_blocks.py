"""Blocks that change their argument: what holds it has the result, too."""
# entry: Net()
# input: f32[2,4,6,6]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(nn.ReLU(inplace=True), nn.Conv2d(4, 4, 3, padding=1))

    def forward(self, x):
        return x + self.block(x)


class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Residual()

    def forward(self, x):
        identity = x
        return torch.cat([identity, self.inner(x)], dim=1)


class Activated(nn.Module):
    def __init__(self):
        super().__init__()
        self.activation = nn.ReLU(inplace=True)
        self.conv = nn.Conv2d(4, 4, 1)

    def forward(self, x):
        before = self.activation(x)
        return self.conv(before), before


class Unit(nn.Module):
    """The statement of the call binds the name that it is called with."""

    def __init__(self, projects):
        super().__init__()
        self.projects = projects
        self.body = Activated()
        self.projection = nn.Conv2d(4, 4, 1)

    def forward(self, x):
        identity = x
        x, before = self.body(x)
        if self.projects:
            identity = self.projection(before)
        x = x + identity
        return x


def squashed(t):
    return F.relu6(t, inplace=True) * 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.first = Residual()
        self.deep = Deep()
        self.twice = nn.ModuleList([Residual() for _ in range(2)])
        self.last = nn.Conv2d(8, 4, 1)
        self.units = nn.Sequential(nn.Conv2d(4, 4, 1), Unit(False), Unit(True))

    def forward(self, x):
        x = self.conv(x)
        y = self.deep(self.first(x))
        z = self.last(y)
        total = 0
        for block in self.twice:
            total = total + block(z)
        w = self.conv(x)
        doubled = squashed(w)
        return total, y - z.mean(), doubled - w, self.units(total)
