"""Lists of layers in which a place is left free, and all layers below."""
# entry: Net()
# input: f32[2,4]
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.ModuleList([nn.ModuleList([nn.LayerNorm(4), None]), nn.Linear(4, 4)]), nn.ModuleList([nn.ModuleList([None, nn.LayerNorm(4)]), nn.Linear(4, 4)])])

    def forward(self, x):
        for (before, behind), linear in self.blocks:
            x = linear(x if before is None else before(x))
            x = x if behind is None else behind(x)
        return x * len([m for m in self.modules() if isinstance(m, nn.Linear)])
