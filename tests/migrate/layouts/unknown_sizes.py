# entry: Net()
# input: f32[?,3,16,?]
"""Sizes that are not known."""
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.skip = nn.Conv2d(3, 6, 1, stride=2)
        self.fc = nn.Linear(6, 4)

    def forward(self, x):
        x = F.relu(self.conv(x)) + self.skip(x)
        x = F.adaptive_avg_pool2d(x, 1)
        return self.fc(x.view(x.size(0), -1))
