"""A size that is only known at run time."""
# entry: Net()
# input: x=f32[?,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 6)
        self.token = nn.Parameter(torch.zeros(1, 1, 3))

    def forward(self, x):
        n = x.shape[0]
        y = self.fc(x).view(n, 2, 3)
        return torch.cat([self.token.expand(n, -1, -1), y], dim=1)
