"""A diagonal is written to: nothing says how that goes back."""
# entry: Net()
# input: x=f32[2,5]
# refuse
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        y = self.fc(x)
        diagonal = y.diagonal()
        diagonal *= 3
        return y
