# A parameter replaced by another, a module replaced, and an attribute set to None keep or lose their place.
# entry: Net()
# input: f32[1,3,6,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)
        self.conv.weight = nn.Parameter(torch.zeros(8, 3, 1, 1))
        self.conv.bias = None
        self.fc = nn.Linear(8, 5)
        self.fc.bias = nn.Parameter(torch.zeros(5))
        self.drop = nn.Linear(2, 2)
        self.drop = None
        self.head = nn.Linear(5, 2)
        self.head = nn.Identity()

    def forward(self, x):
        return self.head(self.fc(self.conv(x).mean((-1, -2))))
