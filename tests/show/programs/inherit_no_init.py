# Classes without __init__ inherit it, with its defaults; a class attribute overrides a method's choice.
# entry: Small()
# input: f32[1,3]
from torch import nn


class Big(nn.Module):
    widths = (3, 32, 64)
    act = nn.GELU

    def __init__(self, out=10):
        super().__init__()
        layers = []
        for i, o in zip(self.widths, self.widths[1:]):
            layers += [nn.Linear(i, o), self.act()]
        self.net = nn.Sequential(*layers, nn.Linear(self.widths[-1], out))

    def forward(self, x):
        return self.net(x)


class Small(Big):
    widths = (3, 4)
    act = nn.Tanh
