# entry: Net()
# input: f32[2,6]
"""A constructor of the framework's that the program replaces is the one that counts, also for layers that were made before."""
from torch import nn

before = nn.Linear(6, 6)
plain = nn.Linear.__init__


def without_bias(self, in_features, out_features, bias=True):
    plain(self, in_features, out_features, bias=False)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 6)
        nn.Linear.__init__ = without_bias
        self.second = nn.Linear(6, 6)
        nn.Linear.__init__ = plain
        self.third = nn.Linear(6, 6)
        self.before = before

    def forward(self, x):
        return self.before(self.third(self.second(self.first(x))))
