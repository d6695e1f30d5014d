# Assignment expressions in conditions, comprehensions and arguments.
# entry: Net([4, 8, 8, 2])
# input: f32[1,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        if (n := len(dims)) > 3:
            self.extra = nn.Linear(dims[-1], n)
        i = 0
        layers = []
        while (j := i + 1) < n:
            layers.append(nn.Linear(dims[i], dims[j]))
            i = j
        self.layers = nn.ModuleList(layers)
        doubled = [y := d * 2 for d in dims]
        self.last = nn.Linear(n, (width := y + len(doubled)))
        self.width = width

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        if (extra := getattr(self, "extra", None)) is not None:
            x = extra(x)
        return self.last(x)
