# forward uses a layer that was never made.
# entry: Net()
# input: f32[2,6]
# expect: refused
# truth: no
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, tail=False):
        super().__init__()
        self.fc = nn.Linear(6, 3)
        if tail:
            self.tail = nn.Linear(3, 1)

    def forward(self, x):
        return self.tail(self.fc(x))
