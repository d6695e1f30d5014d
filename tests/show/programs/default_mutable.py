# A mutable default argument is made once and keeps what earlier calls appended.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


def stack(n, layers=[]):
    layers.append(nn.Linear(4, 4))
    if n:
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = stack(0)
        self.two = stack(1)
        self.three = stack(0)

    def forward(self, x):
        return self.three(self.two(self.one(x)))
