"""What the constructor computes from a view of a weight does not change when the weights are loaded."""
# entry: Net()
# input: x=f32[2,4]
# refuse
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.back = self.fc.weight.T.exp()

    def forward(self, x):
        return self.fc(x) @ self.back
