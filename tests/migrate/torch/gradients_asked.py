"""Whether gradients flow through an input is up to who calls."""
# entry: Net()
# input: x=f32[2,4]
# refuse
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        if torch.is_grad_enabled() and x.requires_grad:
            x = x + 1
        return self.fc(x)
