"""What one call keeps changes the next one: the target builds its layers by calls, so that its first would be the source's second."""

# entry: Net()
# input: x=f32[2,4]
# refuse
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.previous = None

    def forward(self, x):
        before = self.previous
        self.previous = self.fc(x)
        return self.previous if before is None else before + self.previous
