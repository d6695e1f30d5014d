# A tensor cannot be sliced backwards: the framework refuses, and so must show.
# entry: Net()
# input: f32[2,4]
# expect: refused
# truth: no
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return self.fc(x)[:, ::-1]
