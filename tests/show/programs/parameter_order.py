# state_dict order: own parameters, own buffers, then children in order of registration, whatever the order of assignment.
# entry: Net()
# input: f32[1,4]
import torch
import torch.nn as nn


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.register_buffer("b", torch.zeros(2))
        self.w = nn.Parameter(torch.zeros(4))

    def forward(self, x):
        return self.norm(x) + self.w


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.z = Inner()
        self.a = nn.Parameter(torch.zeros(1))
        self.fc = nn.Linear(4, 4)
        self.register_buffer("c", torch.zeros(()))
        self.z = Inner()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.z(x)) + self.a + self.c
