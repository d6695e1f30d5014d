"""Weights that are split into lengths and directions; layers that hooks give their weights are called more than once."""
# entry: Net()
# input: x=f32[2,4,10]
import torch.nn as nn
from torch.nn import utils
from torch.nn.utils.parametrizations import weight_norm


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = weight_norm(nn.Conv1d(4, 6, 3, dilation=2))
        self.fc = weight_norm(nn.Linear(6, 3), dim=None)
        self.shared = nn.ModuleList([utils.weight_norm(nn.Linear(3, 3)), utils.spectral_norm(nn.Linear(3, 3))])

    def forward(self, x):
        x = self.fc(self.conv(x).transpose(1, 2))
        for layer in self.shared:
            x = layer(layer(x).relu())
        return x
