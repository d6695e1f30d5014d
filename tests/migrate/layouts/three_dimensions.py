# entry: Net()
# input: f32[1,2,6,10,8]
"""Volumes."""
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(2, 4, 3, padding=1)
        self.bn = nn.BatchNorm3d(4)
        self.pool = nn.MaxPool3d((1, 2, 2))
        self.up = nn.ConvTranspose3d(4, 3, 2, stride=2)
        self.adaptive = nn.AdaptiveAvgPool3d((2, 2, 2))
        self.fc = nn.Linear(24, 5)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        x = self.up(self.pool(x))
        return self.fc(self.adaptive(x).flatten(1))
