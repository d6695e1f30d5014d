# A model that the framework itself rejects: the sizes do not fit, and show must say so.
# entry: Net()
# input: f32[2,4]
# expect: refused
# truth: no
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 5)
        self.b = nn.Linear(6, 2)

    def forward(self, x):
        return self.b(self.a(x))
