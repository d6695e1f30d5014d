# entry: Net()
# input: f32[2,3,8,8]
# transposes: 1 1
"""The kernel is used a second time on features in the source's order: its rows cannot be turned."""
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.fc = nn.Linear(64, 5)

    def forward(self, x):
        y = torch.flatten(self.conv(x), 1)
        return self.fc(y) + self.fc(torch.relu(self.fc.weight.sum(0, keepdim=True).repeat(2, 1)))
