# entry: Net()
# input: f32[2,5,40]
"""Signals: convolutions along one axis, pooling, a recurrence over what comes out."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(5, 8, 5, stride=2, padding=2)
        self.bn = nn.BatchNorm1d(8)
        self.conv2 = nn.Conv1d(8, 8, 3, padding=2, dilation=2)
        self.pool = nn.MaxPool1d(2)
        self.rnn = nn.GRU(8, 6, batch_first=True)
        self.fc = nn.Linear(6, 3)

    def forward(self, x):
        x = self.pool(F.relu(self.bn(self.conv(x))))
        x = x + self.conv2(x)
        x, _ = self.rnn(x.permute(0, 2, 1))
        return self.fc(x[:, -1])
