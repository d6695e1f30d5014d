# entry: Net()
# input: f32[2,4]
"""A class that answers for settings as if they were its own attributes, and leaves the rest to the framework."""
import torch
from torch import nn


class Settings:
    def __init__(self, scale):
        self.scale = scale


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.settings = Settings(0.5)
        self.layer = nn.Linear(4, 3)
        self.register_buffer("shift", torch.ones(3))

    def __getattr__(self, name):
        known = "settings" in self.__dict__ and hasattr(self.__dict__["settings"], name)
        if known and name not in self.__dict__:
            return getattr(self.settings, name)
        # the framework's own
        return super().__getattr__(name)

    def forward(self, x):
        return self.layer(x) * self.scale + self.shift
