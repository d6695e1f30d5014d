"""Sizes that are not known as numbers among tensors, a part counted from the end, and a Sequential that is taken apart and put together."""
# entry: Net()
# input: f32[?,6,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 9))
        self.body.pop(-1)
        self.body.insert(1, nn.LayerNorm(4))

    def forward(self, x):
        batch = x.size(0)
        y = self.body(x)
        return torch.ones(batch, 1) * x.size(0), y.sum(0) / batch, y.narrow(1, -2, 2), torch.arange(batch) * 2 + y[:, 0, 0]
