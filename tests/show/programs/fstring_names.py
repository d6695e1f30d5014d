# Names from f-strings, with format specs, conversions, nested fields and percent/format calls.
# entry: Net(3)
# input: f32[1,2]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        for i in range(n):
            setattr(self, f"layer_{i:02d}", nn.Linear(2, 2))
        self.add_module(f"{'act'!s:_>6}", nn.ReLU())
        self.add_module("p%d_%s" % (n, "q"), nn.Linear(2, 2))
        self.add_module("{}-{k:>3}".format(n, k="z").replace(" ", "0"), nn.Linear(2, 2, bias=False))
        width = 4
        self.add_module(f"w{n:>{width}}".replace(" ", "_"), nn.Linear(2, 1))
        self.add_module(f"{0.5:.2f}".replace(".", "_"), nn.Linear(1, 1))
        self.names = [f"layer_{i:02}" for i in range(n)]

    def forward(self, x):
        for name in self.names:
            x = getattr(self, name)(x)
        return x
