# ModuleList: append, extend, +=, insert, slices, negative index, reversed, enumerate, zip, in, and nested lists.
# entry: Net(3)
# input: f32[1,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.ModuleList()
        for i in range(n):
            self.a.append(nn.Linear(4 + i, 5 + i))
        self.b = nn.ModuleList([nn.Linear(4, 4)])
        self.b += [nn.Linear(4, 4, bias=False)]
        self.b.extend(nn.Linear(4, 4) for _ in range(2))
        self.b.insert(1, nn.LayerNorm(4))
        self.c = nn.ModuleList([nn.ModuleList([nn.Linear(4, 2), nn.ReLU()]), nn.ModuleList([nn.Linear(4, 2)])])
        self.d = self.b[1:-1]

    def forward(self, x):
        y = x
        for i, layer in enumerate(self.a):
            y = layer(y) * (i + 1)
        for layer in reversed(self.b):
            x = layer(x)
        for one, two in zip(self.b, self.d):
            x = one(x) + two(x)
        outs = [inner[0](x) for inner in self.c]
        return y, self.b[-1](x), outs, self.a[0](x)
