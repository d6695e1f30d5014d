# Densely connected blocks: features collected in a list and concatenated; ModuleDict subclass with items().
# entry: Net()
# input: f32[1,3,16,16]
from collections import OrderedDict

import torch
import torch.nn as nn


class Layer(nn.Module):
    def __init__(self, i, growth, size):
        super().__init__()
        self.norm1: nn.BatchNorm2d
        self.add_module("norm1", nn.BatchNorm2d(i))
        self.add_module("conv1", nn.Conv2d(i, size * growth, 1, bias=False))
        self.add_module("conv2", nn.Conv2d(size * growth, growth, 3, padding=1, bias=False))

    def forward(self, inputs):
        prev = [inputs] if isinstance(inputs, torch.Tensor) else inputs
        return self.conv2(self.conv1(self.norm1(torch.cat(prev, 1))))


class Block(nn.ModuleDict):
    def __init__(self, n, i, size, growth):
        super().__init__()
        for k in range(n):
            self.add_module("denselayer%d" % (k + 1), Layer(i + k * growth, growth, size))

    def forward(self, x):
        feats = [x]
        for name, layer in self.items():
            feats.append(layer(feats))
        return torch.cat(feats, 1)


class Net(nn.Module):
    def __init__(self, growth=4, config=(2, 3), i=6):
        super().__init__()
        self.features = nn.Sequential(OrderedDict([("conv0", nn.Conv2d(3, i, 7, 2, 3, bias=False)), ("norm0", nn.BatchNorm2d(i))]))
        for k, n in enumerate(config):
            self.features.add_module("denseblock%d" % (k + 1), Block(n, i, 2, growth))
            i += n * growth
            if k != len(config) - 1:
                self.features.add_module("pool%d" % (k + 1), nn.AvgPool2d(2))
        self.classifier = nn.Linear(i, 5)

    def forward(self, x):
        return self.classifier(torch.flatten(nn.functional.adaptive_avg_pool2d(self.features(x), (1, 1)), 1))
