import torch.nn as nn

import pkg_cycle.a as other


class Base(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim + 1
        self.fc = nn.Linear(other.WIDTH, self.dim)

    def forward(self, x):
        return self.out(self.fc(x))


def head(dim):
    from pkg_cycle.a import Leaf
    return Leaf(dim, 2)
