"""The order in which channels are flattened decides which weight meets which value."""
# entry: Net()
# input: f32[2,1,12,12]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.fc1 = nn.Linear(6 * 4 * 4, 12)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = x.view(-1, self.num_flat_features(x))
        return F.log_softmax(self.dropout(self.fc1(x)), dim=1)

    def num_flat_features(self, x):
        size = x.size()[1:]  # all but the batch
        num_features = 1
        for s in size:
            num_features *= s
        return num_features
