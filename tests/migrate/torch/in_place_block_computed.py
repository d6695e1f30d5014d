"""A block changes its argument after something else was computed from it in the same statement."""
# entry: Net()
# input: f32[2,4,6,6]
# refuse
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.block = nn.Sequential(nn.ReLU(inplace=True), nn.Conv2d(4, 4, 3, padding=1))

    def forward(self, x):
        x = self.conv(x)
        y = x * 2 + self.block(x)
        return y + x
