"""Modules looked up by their dotted names."""
# entry: Net()
# input: f32[2,3,8,8]
import torch.nn as nn


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)
        self.parts = nn.ModuleDict({"small": nn.Conv2d(4, 4, 1), "large": nn.Conv2d(4, 4, 3, padding=1)})

    def forward(self, x):
        return self.conv(x) + self.get_submodule("parts.large")(x)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1))
        self.blocks = nn.ModuleList([Block() for _ in range(2)])

    def forward(self, x):
        x = self.get_submodule("body.2")(self.get_submodule("body")(x))
        for i in range(2):
            x = x + self.get_submodule(f"blocks.{i}")(x)
        return self.get_submodule("blocks.1.parts.small")(x)
