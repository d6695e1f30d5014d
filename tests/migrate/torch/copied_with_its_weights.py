"""copy.copy of a module: a second one with the very weights of the first."""
# entry: Net()
# input: f32[2,4]
# refuse
import copy

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = copy.copy(self.first)

    def forward(self, x):
        return self.second(self.first(x))
