# A constructor that raises: a missing argument and an assertion.
# entry: Net(6, heads=4)
# input: f32[2,6]
# expect: refused
# truth: no
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        assert dim % heads == 0, "dim must be divisible by heads"
        self.fc = nn.Linear(dim, dim // heads)

    def forward(self, x):
        return self.fc(x)
