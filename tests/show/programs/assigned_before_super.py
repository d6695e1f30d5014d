# A layer assigned before super().__init__() is an error of the framework.
# entry: Net()
# input: f32[2,4]
# expect: refused
# truth: no
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(4, 4)
        super().__init__()

    def forward(self, x):
        return self.fc(x)
