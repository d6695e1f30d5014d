"""A cached function that makes a mask."""
# entry: Net()
# input: x=f32[2,4]
import functools
import torch
import torch.nn as nn


@functools.lru_cache(maxsize=None)
def positions(n):
    return torch.arange(n, dtype=torch.float32)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return self.fc(x) + positions(x.shape[-1])
