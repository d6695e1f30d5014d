# Relative and star imports across the files of a package, with __all__ and names that begin with an underscore.
# entry: Net(width=MEDIUM)
# input: f32[1,3,8,8]
import torch.nn as nn

from . import settings
from .layers import *
from .layers import _hidden as hidden
from .layers.norm import Norm, make_norm as norm_of
from .settings import MEDIUM

__all__ = ["Net", "MEDIUM"]


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.stem = ConvAct(3, width)
        self.norm = norm_of(width)
        self.extra = Norm(width, eps=settings.EPS)
        self.hidden = hidden(width)

    def forward(self, x):
        return self.hidden(self.extra(self.norm(self.stem(x))).mean((2, 3)))
