# entry: Net()
# input: f32[2,3,10,8]
# transposes: 1 0
"""Sizes are asked for, the features are viewed again, and one product is with a parameter of the program itself."""
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.weight = nn.Parameter(torch.ones(4 * 10 * 8, 6))
        self.fc = nn.Linear(4 * 10 * 8, 6)

    def forward(self, x):
        x = torch.sigmoid(self.conv(x))
        x = x.reshape(x.size(0), -1)
        x = x.view(x.size(0), -1)
        return torch.matmul(x, self.weight) + self.fc(x * 0.5)
