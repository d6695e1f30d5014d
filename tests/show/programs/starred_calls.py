# Several stars in one call, dict unpacking with later keys winning, star of a generator and of a string.
# entry: Net()
# input: f32[1,3]
import torch
import torch.nn as nn


def f(*a, k=1, **kw):
    return len(a) * 10 + k + len(kw)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        base = {"k": 2}
        self.a = nn.Linear(3, f(*[1, 2], 3, *(x for x in (4, 5)), **base, z=1))
        self.b = nn.Linear(3, f(*"abc", **{**base, "k": 4}))
        opts = dict(bias=False)
        opts.update(in_features=3)
        self.c = nn.Linear(**opts, out_features=2)
        layers = {"x": nn.ReLU(), "y": nn.Tanh()}
        self.d = nn.Sequential(*layers.values(), *[nn.Linear(3, 3)] * 1)

    def forward(self, x):
        parts = [self.a(x), self.b(x)]
        return torch.cat([*parts, self.c(x)], dim=-1), self.d(x), [*map(torch.Tensor.sum, parts)]
