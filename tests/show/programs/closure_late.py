# Closures see the last value of a loop variable unless a default argument froze it.
# entry: Net()
# input: f32[1,10]
import torch.nn as nn


def makers():
    late = []
    early = []
    for width in (2, 3, 4):
        late.append(lambda i: nn.Linear(i, width))
        early.append(lambda i, width=width: nn.Linear(i, width))
    return late, early


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        late, early = makers()
        self.late = nn.ModuleList([make(10) for make in late])
        self.early = nn.ModuleList([make(10) for make in early])

    def forward(self, x):
        return [m(x) for m in self.late] + [m(x) for m in self.early]
