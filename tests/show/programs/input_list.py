# A forward that takes a list of tensors, by position.
# entry: Net()
# input: 0=f32[1,4]
# input: 1=f32[1,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 3), nn.Linear(5, 3)])

    def forward(self, xs):
        return torch.stack([layer(x) for layer, x in zip(self.layers, xs)]).sum(0), len(xs) * xs[-1]
