# entry: Blur(4)
# input: f32[1,4,7,7]
"""A filter and a table that numpy computed, and decorators that only matter to the other framework."""
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
        table = np.einsum("m,d->dm", np.arange(7, dtype=np.float32), 1.0 / 10.0 ** np.arange(7, dtype=np.float64))
        self.register_buffer("table", torch.from_numpy(np.sin(table)).float(), persistent=False)

    @wraps(nn.Module.cuda)
    def cuda(self, *args, **kwargs):
        return super().cuda(*args, **kwargs)

    def forward(self, x):
        return F.conv2d(x + self.table, self.weight, groups=self.channels)
