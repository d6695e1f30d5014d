# Local names that hide globals, builtins, modules and parameters; del of a local; a function that rebinds its own name.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn

F = 3
list_ = list


def size(nn, F=F):
    max = 2
    return nn * F + max


def later():
    return helper() + 1


def helper():
    return 2


class Net(nn.Module):
    def __init__(self, input=4, type="x", len=len):
        super().__init__()
        sum = size(2)
        self.a = nn.Linear(input, sum)
        self.b = nn.Linear(input, len(type) + later())
        range = [1, 2]
        for id in range:
            filter = id
        del range
        self.c = nn.Linear(input, filter + list_(__builtins__ is not None for _ in "ab").count(True))

    def forward(self, x):
        F = self.a(x)
        x = self.b(x), self.c(x)
        return F, x
