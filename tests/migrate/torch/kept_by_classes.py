"""Tensors that the first call puts where all later calls find them: on the class, in a list, in a table of the module."""

# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn

TABLES = {}


class Net(nn.Module):
    steps = None

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.scales = []

    def forward(self, x):
        if Net.steps is None:
            Net.steps = torch.arange(4.0) + 1
        if len(self.scales) < 1:
            self.scales.append(torch.linspace(0, 1, 4))
        if "mask" not in TABLES:
            TABLES["mask"] = torch.full((4,), 3.0)
        return self.fc(x) * Net.steps + self.scales[0] + x * TABLES["mask"]
