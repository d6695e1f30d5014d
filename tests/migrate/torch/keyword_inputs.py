"""Numbers and strings between the tensors of a call, and results in a dictionary."""
# entry: Net()
# input: x=f32[2,4]
# input: scale=f32[2,1]
import torch
import torch.nn as nn


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x, power, mode="mul", *, bias=None):
        y = self.fc(x).pow(power)
        if bias is not None:
            y = y + bias
        return x * y if mode == "mul" else x + y


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = Gate()

    def forward(self, x, scale=None):
        a = self.gate(x, 2)
        b = self.gate(a, 3, "add", bias=scale)
        return {"first": a, "all": [b, (a - b).abs()]}
