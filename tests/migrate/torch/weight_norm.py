"""Weights that are split into lengths and directions."""
# entry: Net()
# input: x=f32[2,4,10]
import torch.nn as nn
from torch.nn.utils.parametrizations import weight_norm


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = weight_norm(nn.Conv1d(4, 6, 3, dilation=2))
        self.fc = weight_norm(nn.Linear(6, 3), dim=None)

    def forward(self, x):
        return self.fc(self.conv(x).transpose(1, 2))
