# Temporal blocks with a chomp that cuts the padding, exponential dilation and weight norm applied in a loop.
# entry: TCN(2, [4, 4, 6], kernel_size=3)
# input: f32[2,2,20]
import torch.nn as nn
from torch.nn.utils import weight_norm


class Chomp1d(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, x):
        return x[:, :, :-self.size].contiguous()


class Block(nn.Module):
    def __init__(self, i, o, k, dilation, padding):
        super().__init__()
        self.conv1 = weight_norm(nn.Conv1d(i, o, k, padding=padding, dilation=dilation))
        self.chomp1 = Chomp1d(padding)
        self.net = nn.Sequential(self.conv1, self.chomp1, nn.ReLU())
        self.downsample = nn.Conv1d(i, o, 1) if i != o else None

    def forward(self, x):
        out = self.net(x)
        res = x if self.downsample is None else self.downsample(x)
        return (out + res).relu()


class TCN(nn.Module):
    def __init__(self, inputs, channels, kernel_size=2):
        super().__init__()
        layers = []
        for i in range(len(channels)):
            d = 2 ** i
            layers += [Block(inputs if i == 0 else channels[i - 1], channels[i], kernel_size, d, (kernel_size - 1) * d)]
        self.network = nn.Sequential(*layers)

    def forward(self, x):
        return self.network(x)
