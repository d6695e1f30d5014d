"""A block uses its argument before it changes it."""
# entry: Net()
# input: f32[2,4,6,6]
# refuse
import torch.nn as nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.conv(x)
        return y + self.relu(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.block = Block()

    def forward(self, x):
        x = self.conv(x)
        return self.block(x) + x
