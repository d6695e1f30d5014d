"""A forward hook changes the result."""
# entry: Net()
# input: x=f32[2,4]
# refuse
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.fc.register_forward_hook(lambda module, args, out: out * 2)

    def forward(self, x):
        return self.fc(x)
