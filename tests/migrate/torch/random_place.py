"""A place that is drawn by chance is a whole number, whichever it is."""
# entry: Net()
# input: x=f32[2,4]
from random import randrange

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        first = torch.zeros((4, 1))
        first[randrange(4) % 4, :] = 1.0
        self.table = nn.Parameter(torch.cat((first, torch.eye(4)), dim=1))

    def forward(self, x):
        return x @ self.table
