"""Options in dicts, names that parameters hide, a train() of its own, modules that take tensors and numbers by name."""
# entry: make()
# input: f32[2,3,4]
from functools import partial

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import tensor, zeros
from torch.nn.modules.utils import _pair

is_compiling = getattr(torch.compiler, "is_compiling", None)
missing = getattr(torch, "no_such_name", None)


def like(x):
    return {"device": x.device, "dtype": x.dtype}


def lowest(tensor):
    return -torch.finfo(tensor.dtype).max


def padded(zeros, width):
    return torch.cat((zeros, torch.zeros((zeros.shape[0], zeros.shape[1], width), **like(zeros))), dim=-1)


def norm_cdf(x):
    scaled = x * 0.5
    return scaled + 0.5


def init_(weight, a=-1.0, b=1.0):
    def middle(x):
        return norm_cdf(x)

    low, high = middle(a), norm_cdf(b)
    with torch.no_grad():
        weight.uniform_(low, high)
        return weight


class Residual(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.norm = nn.LayerNorm(4)
        self.inner = inner

    def forward(self, x, **kwargs):
        return self.inner(self.norm(x), **kwargs) + x


class Mix(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.first = nn.Linear(4, 4, bias=False, **options)
        self.scale = nn.Parameter(0.5 * torch.ones(4, **options))

    def forward(self, x, context=None, times=1, flip=False):
        y = self.first(x) * self.scale * times
        return y - context if flip else y + context


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.mix = Residual(Mix(device=None, dtype=None))
        self.frozen = False
        heads = torch.zeros(2, 3, dtype=torch.bool)
        heads[1:] = True
        self.register_buffer("heads", heads.to_sparse(), persistent=False)  # for those who look at attention later
        self.size = _pair(2)
        self.apply(self.init)

    @staticmethod
    def init(m):
        if isinstance(m, nn.Linear):
            m.weight = nn.init.xavier_normal_(m.weight)
            init_(m.weight)

    def train(self, mode=True):
        self.training = mode
        for name, module in self.named_children():
            if not (self.frozen and name == "mix"):
                module.train(mode)
        return self

    def forward(self, x):
        y = self.mix(x, context=x.mean(1, keepdim=True), times=2, flip=True)
        if is_compiling():
            return y
        join = partial(torch.cat, dim=-1)
        y = join((y, padded(x, self.size[0])))
        y = y.masked_fill(y > 2, lowest(y) * 0.0)
        return F.relu(y).type(x.type()) + tensor(1.0) + zeros(1)


def make():
    return Net().eval()
