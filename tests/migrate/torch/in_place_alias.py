"""An in-place write that another name sees."""
# entry: Net()
# input: f32[2,5]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        y = self.fc(x)
        left = y[:, :2]
        left.mul_(3)
        return y
