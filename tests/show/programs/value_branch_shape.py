# A branch on a tensor's value with results of different shapes.
# entry: Net()
# input: f32[4,5]
# expect: refused
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(5, 3)
        self.b = nn.Linear(5, 4)

    def forward(self, x):
        if x.sum() > 0:
            return self.a(x)
        return self.b(x)
