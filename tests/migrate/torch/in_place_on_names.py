"""Writes to parts of tensors that nobody else looks at."""
# entry: Net()
# input: f32[2,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        y = self.fc(x)
        y[:, 0] = 0
        y[:, 1:3] *= 2.0
        y.clamp_(min=-1)
        out = torch.zeros(2, 5)
        out[:, ::2] = y[:, ::2]
        out[1] += x[0]
        return out, y.add_(1)
