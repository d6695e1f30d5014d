"""Activations that change their argument: what holds it afterwards holds the result."""
# entry: Net()
# input: x=f32[2,4,6,6]
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.bn = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.leaky = nn.LeakyReLU(0.1, True)
        self.dropout = nn.Dropout(0.1, inplace=True)

    def skip(self, x):
        x = self.bn(x)
        residual = x
        out = self.relu(x)  # the residual, too
        out = self.conv(out)
        return out + residual

    def inside(self, x):
        x = self.conv(x)
        return self.conv(self.leaky(x)) + x

    def statements(self, x):
        x = self.conv(x)
        F.elu(x, inplace=True)
        self.leaky(x)
        y = self.dropout(x)
        return F.relu6(x, True) + y - x

    def twice(self, x):
        x = self.bn(x)
        first = self.leaky(x)
        second = self.leaky(x)
        return first * 2 + second

    def kept(self, x):
        identity = x
        x = self.conv(x)
        x = self.leaky(x)
        return x + identity

    def forward(self, x):
        for _ in range(2):
            features = self.conv(x)
            x = self.relu(features)
        return self.skip(x), self.inside(x), self.statements(x), self.twice(x), self.kept(x), features
