# Packages whose text gives a name otherwise than they do once they ran.
# entry: Net()
# input: f32[2,4]
from torch import nn

from pkg_that_runs import Block
from pkg_that_runs.changed import _KIND
from pkg_that_runs.effect import _KIND as affecting
from pkg_that_runs.function import resnet
from pkg_that_runs.sizes import SIZE
from pkg_that_runs.star import _KIND as starred


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, Block)
        self.b = nn.Linear(4, 8 if _KIND == "large" else 16)
        self.c = nn.Linear(4, 8 if starred == "large" else 16)
        self.d = nn.Linear(4, SIZE[0] if affecting == "small" else 2)
        self.e = nn.Linear(4, resnet() if callable(resnet) else 2)

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.e(x)
