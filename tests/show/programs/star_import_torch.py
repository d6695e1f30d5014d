# Star imports of the framework's own modules and several imports on one line.
# entry: Net()
# input: f32[1,3,8,8]
import torch, torch.nn as nn, torch.nn.functional as F
from torch import *
from torch.nn import *
from torch.nn.functional import relu as act, avg_pool2d


class Net(Module):
    def __init__(self):
        super().__init__()
        self.body = Sequential(Conv2d(3, 4, 3), BatchNorm2d(4), ReLU())
        self.w = Parameter(zeros(4, 1, 1))

    def forward(self, x):
        y = act(self.body(x) + self.w)
        return flatten(avg_pool2d(y, 6), 1), cat([y, y], dim=1), F.relu(y).sum(), sigmoid(y)
