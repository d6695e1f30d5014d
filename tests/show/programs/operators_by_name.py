# Operators under their names in torch.ops.aten: which there are is known; a decorator wraps one that nobody knows.
# entry: Net()
# input: f32[2,4]
import functools

import torch
import torch.fft
import sys
from torch import nn

HANDLERS = {}


def implements(operator):
    @functools.wraps(operator)
    def decorator(function):
        HANDLERS[operator] = function
        return function

    return decorator


@implements(torch.ops.aten.clone.default)
def clone(tensor):
    return tensor


if hasattr(torch.ops.aten, "_sparse_mm_reduce_impl"):
    WIDTH = 6
else:
    WIDTH = 7
if hasattr(torch.ops.aten, "no_such_operator") or not hasattr(torch, "sparse_csc") or "torch.fft" not in sys.modules:
    WIDTH = 8


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, WIDTH)

    def forward(self, x):
        return clone(self.a(x))
