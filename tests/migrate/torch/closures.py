"""Lambdas and closures over layers; late binding in a loop."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


def make(scale):
    def inner(x):
        return x * scale
    return inner


class Lambda(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, *args, **kwargs):
        return self.fn(*args, **kwargs)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.fns = [lambda t: t + i for i in range(3)]
        self.bound = [lambda t, i=i: t * (i + 1) for i in range(3)]
        self.scale = make(0.5)
        self.seq = nn.Sequential(Lambda(lambda t: t.transpose(0, 1)), nn.Linear(2, 2), Lambda(torch.tanh))
        self.act = torch.relu if True else torch.tanh

    def forward(self, x):
        x = self.act(self.fc(x))
        for f in self.fns + self.bound:
            x = f(x)
        return self.seq(self.scale(x))
