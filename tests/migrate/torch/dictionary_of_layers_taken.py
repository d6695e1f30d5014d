"""A ModuleDict that the program derives from: it holds the first layers of another network, and asks itself for its children; a ModuleList likewise."""
# entry: Model()
# input: f32[2,3,8,8]
from collections import OrderedDict

import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.relu = nn.ReLU()
        self.layer1 = nn.Sequential(nn.Conv2d(4, 4, 3, stride=2, padding=1), nn.ReLU())
        self.layer2 = nn.Sequential(nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.ReLU())
        self.fc = nn.Linear(6, 10)

    def forward(self, x):
        return self.fc(self.layer2(self.layer1(self.relu(self.conv1(x)))).mean([2, 3]))


class LayerGetter(nn.ModuleDict):
    def __init__(self, model, return_layers):
        wanted = dict(return_layers)
        layers = OrderedDict()
        for name, module in model.named_children():
            layers[name] = module
            wanted.pop(name, None)
            if not wanted:  # what comes later is not needed
                break
        super().__init__(layers)
        self.return_layers = return_layers

    def forward(self, x):
        out = OrderedDict()
        for name, module in self.named_children():
            x = module(x)
            if name in self.return_layers:
                out[self.return_layers[name]] = x
        return out


class Heads(nn.ModuleList):
    def __init__(self, sizes):
        super().__init__([nn.Conv2d(size, 5, 1) for size in sizes])
        self.scale = 0.5

    def forward(self, features):
        return [head(feature) * self.scale for head, feature in zip(self.children(), features)]


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = LayerGetter(Backbone(), {"layer1": "low", "layer2": "high"})
        self.heads = Heads([4, 6])

    def forward(self, x):
        features = self.body(x)
        low, high = self.heads([features["low"], features["high"]])
        return torch.cat([low.mean([2, 3]), high.mean([2, 3])], dim=1)
