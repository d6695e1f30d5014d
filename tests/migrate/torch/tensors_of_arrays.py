# entry: Blur(4)
# input: f32[1,4,7,7]
"""A filter that numpy computed, and decorators that only matter to the other framework."""
from functools import wraps

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

try:
    from torch._dynamo import allow_in_graph as maybe_allow_in_graph
except ImportError:

    def maybe_allow_in_graph(cls):
        return cls


@maybe_allow_in_graph
class Blur(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.channels = channels
        row = np.array([1.0, 2.0, 1.0])
        weight = torch.Tensor(row[:, None] * row[None, :])
        weight = weight / torch.sum(weight)
        self.register_buffer("weight", weight[None, None, :, :].repeat((channels, 1, 1, 1)))

    @wraps(nn.Module.cuda)
    def cuda(self, *args, **kwargs):
        return super().cuda(*args, **kwargs)

    def forward(self, x):
        return F.conv2d(x, self.weight, groups=self.channels)
