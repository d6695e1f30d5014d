# Positional-only and keyword-only marks; a keyword of the same name lands in **kwargs.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


def make(n, /, m, *, k=2, **extra):
    return nn.Linear(n, m * k + extra.get("n", 0))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = make(4, 3)
        self.b = make(9 - 3, m=2, k=1, n=10)

    def forward(self, x):
        return self.b(self.a(x))
