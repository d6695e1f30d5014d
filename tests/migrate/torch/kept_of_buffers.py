"""A table made of a buffer before its values are loaded, with no test that says when it is needed."""

# entry: Net()
# input: x=f32[2,4]
# refuse
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("scale", torch.ones(4))
        self.tables = {}

    def forward(self, x):
        return x * self.tables.setdefault("scale", self.scale * 2)
