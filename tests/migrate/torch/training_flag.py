"""The mode read in forward and in helpers, functional dropout."""
# entry: Net()
# input: f32[3,8]
import torch
import torch.nn as nn
import torch.nn.functional as F


def drop_path(x, rate: float = 0.0, training: bool = False):
    if rate == 0.0 or not training:
        return x
    keep = 1 - rate
    mask = x.new_empty((x.shape[0],) + (1,) * (x.ndim - 1)).bernoulli_(keep)
    return x * mask / keep


class DropPath(nn.Module):
    def __init__(self, rate=None):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        return drop_path(x, self.rate, self.training)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.path = DropPath(0.2)

    def _scale(self, x):
        if self.training:
            return x
        return x * 0.5

    def forward(self, x):
        x = F.dropout(self.fc(x), p=0.3, training=self.training)
        return self.path(self._scale(x))
