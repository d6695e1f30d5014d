"""A view that the constructor makes of a weight changes with it; what Keras has for it does not."""
# entry: Net()
# input: x=f32[2,4]
# refuse
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.back = self.fc.weight.T

    def forward(self, x):
        return self.fc(x) @ self.back
