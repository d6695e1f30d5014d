# Helpers of the frameworks that public code takes: private projections of attention, lazy properties, set operations on arrays.
# entry: Net()
# input: f32[2,3,4]
# input: f32[2,5,4]
from typing import Callable, Optional, Union

import numpy as np
import torch
from torch import nn
from torch.distributions.utils import broadcast_all, lazy_property
from torch.nn import functional as F

Storage = torch.UntypedStorage
Location = Optional[Union[str, Callable[[Storage, str], Optional[Storage]]]]


class Counted:
    asked = 0

    @lazy_property
    def size(self):
        Counted.asked += 1
        return 5


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        counted = Counted()
        rows = np.arange(4)[:, None] + np.arange(3)
        others = np.array([np.setdiff1d(np.arange(6), row) for row in rows])
        seen = [counted.size + counted.size, Counted.asked, others.tolist(), np.isin([1, 2], [2, 3]).tolist(), np.intersect1d([1, 2], [2]).tolist()]
        for i, value in enumerate(seen):
            self.add_module(f"{i}_{value!r}".replace(".", "_"), nn.Linear(1, i + 1))
        self.w = nn.Parameter(torch.zeros(12, 4))
        self.b = nn.Parameter(torch.zeros(12))

    def forward(self, x, y):
        own = F._in_projection_packed(x, x, x, self.w, self.b)
        shared = F._in_projection_packed(x, y, y, self.w, self.b)
        return own, shared, F._in_projection_packed(x, y, x, self.w), broadcast_all(1.0, x)
