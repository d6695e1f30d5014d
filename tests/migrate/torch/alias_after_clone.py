"""A clone protects from in-place updates; a detach does not."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        y = self.fc(x)
        keep = y.clone()
        y[:, 0] = 0
        y.relu_()
        return y + keep
