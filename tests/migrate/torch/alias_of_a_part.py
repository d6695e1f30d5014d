"""A part of a tensor is written that has two names: the other name sees it too."""
# entry: Net()
# input: x=f32[2,5]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        y = self.fc(x)
        skip = y
        y[:, 0] = 0
        return y + skip
