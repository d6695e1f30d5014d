"""A model that reads a file: nobody can know what is in it."""
# entry: Net()
# input: f32[2,3]
# refuse
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)
        self.table = torch.load("table.pt")

    def forward(self, x):
        return self.fc(x) @ self.table
