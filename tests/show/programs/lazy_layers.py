# Lazy layers take their sizes from the first input.
# entry: Net()
# input: f32[2,3,8,8]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.LazyConv2d(5, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.Flatten())
        self.fc = nn.LazyLinear(7)

    def forward(self, x):
        return self.fc(self.net(x))
