"""Layers whose forward is called: the target's make their weights when they are called themselves. Their tensor by its name."""
# entry: Net()
# input: x=f32[2,3,7,6]
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.bn = nn.BatchNorm2d(channels)
        self.shortcut = nn.Sequential()
        self.shortcut.add_module("conv", nn.Conv2d(channels, channels, 1))

    def forward(self, x):
        inner = F.relu(self.bn.forward(self.conv.forward(x)), inplace=True)
        return inner + self.shortcut.forward(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 4, (3, 2), bias=False)
        self.block = Block(4)
        self.drop = nn.Dropout(0.5)
        self.fc = nn.Linear(4, 5)
        self.lstm = nn.LSTM(5, 3, batch_first=True)

    def forward(self, x):
        z = self.block.forward(self.stem.forward(x))
        z = self.drop.forward(self.fc.forward(input=z.flatten(2).transpose(1, 2)))
        y, (h, _) = self.lstm.forward(z)
        return self.fc(input=self.stem(input=x).mean((2, 3))), y, h
