# A boolean mask selects a number of rows that depends on the values: the size cannot be known.
# entry: Net()
# input: f32[4,5]
# expect: refused
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 3)

    def forward(self, x):
        return self.fc(x[x[:, 0] > 0])
