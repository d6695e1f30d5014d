"""Lists of layers by all ways in which they grow."""
# entry: Net()
# input: x=f32[2,4]
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.steps = nn.ModuleList()
        self.steps.extend([nn.Linear(4, 4) for _ in range(3)])
        self.steps.insert(0, nn.Linear(4, 4, bias=False))
        self.steps += [nn.Tanh()]
        del self.steps[1]
        self.rest = nn.ModuleList([nn.Linear(4, 2)]) + [nn.ReLU()]  # a new list

    def forward(self, x):
        for step in self.steps[1:]:
            x = step(x)
        for step in self.rest:
            x = step(x)
        return x + self.steps[0](x).sum() if x.size(-1) == 4 else x
