# entry: Net()
# input: f32[2,3,16,12]
# transposes: 1 0
"""A flatten between a pool and a dense layer; the call's argument is no simple name."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 5, 3, padding=1)
        self.norm = nn.BatchNorm2d(5)
        self.fc = nn.Linear(5 * 8 * 6, 7)

    def forward(self, x):
        x = torch.flatten(F.max_pool2d(F.relu(self.norm(self.conv(x))), 2), 1)
        return self.fc(x)
