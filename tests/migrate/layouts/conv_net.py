# entry: Net()
# input: f32[2,3,32,32]
# transposes: 1
"""A plain network: convolutions, pooling, a flatten in front of a dense layer."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, ci, co, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(ci, co, 3, stride=stride, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(co)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.features = nn.Sequential(Block(3, 8), nn.MaxPool2d(2), Block(8, 16), nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(inplace=True))
        self.block = Block(16, 16)
        self.fc = nn.Linear(16 * 8 * 8, classes)

    def forward(self, x):
        x = self.features(x)
        x = x + self.block(x)
        x = F.max_pool2d(x, 2)
        x = torch.flatten(x, 1)
        return self.fc(x)
