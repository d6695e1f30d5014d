# A branch on a tensor's value whose two sides have the same shape: refused, or right.
# entry: Net()
# input: f32[4,5]
# expect: either
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(5, 3)
        self.b = nn.Linear(5, 3)

    def forward(self, x):
        if (x > 0).any():
            y = self.a(x)
        else:
            y = self.b(x)
        return y * 2
