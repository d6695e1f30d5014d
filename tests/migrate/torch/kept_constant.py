# entry: Net()
# input: f32[1,3,8,8]
"""A constant of images that every call takes over in the type of its input."""
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, mean=(0.4, 0.5, 0.6)):
        super().__init__()
        self.mean = torch.Tensor(mean).view(1, 3, 1, 1)
        self.first = nn.Conv2d(3, 3, 3, padding=1)

    def forward(self, x):
        self.mean = self.mean.type_as(x)
        x = (x - self.mean) * 2.0
        return self.first(x) / 2.0 + self.mean
