"""Settings and questions about the runtime: they choose how something is computed, not what."""
# entry: Net()
# input: x=f32[2,4]
from contextlib import contextmanager

import torch
import torch.nn as nn
from torch.utils import _pytree


class Output(dict):
    def __init_subclass__(cls):
        _pytree._register_pytree_node(cls, _pytree._dict_flatten, lambda values, context: cls(values))


class Named(Output):
    pass


@contextmanager
def exact():
    before = torch.backends.cuda.matmul.allow_tf32
    torch.backends.cuda.matmul.allow_tf32 = False
    yield
    torch.backends.cuda.matmul.allow_tf32 = before


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.scale = nn.Parameter(torch.ones(4))

    def forward(self, x):
        with exact():
            x = self.fc(x)
        if self.training and torch.is_grad_enabled():
            x = x + 1
        if torch.backends.mkldnn.enabled and self.scale.requires_grad:
            x = x * self.scale
        return Named(out=x)["out"]
