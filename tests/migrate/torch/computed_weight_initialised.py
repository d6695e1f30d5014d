"""Initial values written into weights that a norm computes anew: they are lost, in loops over modules, too."""

# entry: Net()
# input: x=f32[2,3,9]
import torch.nn as nn
from torch.nn.utils import parametrizations, weight_norm


def init_weights(m, mean=0.0, std=0.01):
    if m.__class__.__name__.find("Conv") != -1:
        m.weight.data.normal_(mean, std)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = weight_norm(nn.Conv1d(3, 4, 3, padding=1))
        self.convs = nn.ModuleList([weight_norm(nn.Conv1d(4, 4, 3, padding=d, dilation=d)) for d in (1, 2)])
        self.last = parametrizations.weight_norm(nn.Conv1d(4, 2, 1))
        self.convs.apply(init_weights)
        self.last.weight.data.zero_()
        self.init()

    def init(self):
        self.first.weight.data.uniform_(-0.1, 0.1)

    def forward(self, x):
        x = self.first(x)
        for conv in self.convs:
            x = x + conv(x.relu())
        return self.last(x)
