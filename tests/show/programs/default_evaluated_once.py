# Defaults are evaluated where the function is defined, in the definition's scope, before later assignments.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn

WIDTH = 5


def layer(width=WIDTH, act=nn.ReLU()):
    return nn.Sequential(nn.Linear(4, width), act)


WIDTH = 9


class Net(nn.Module):
    depth = 2

    def __init__(self, width=WIDTH, depth=depth):
        super().__init__()
        self.a = layer()
        self.b = layer(WIDTH)
        self.c = nn.ModuleList(nn.Linear(width, 2) for _ in range(depth))

    def forward(self, x):
        return self.a(x), [c(self.b(x)) for c in self.c]
