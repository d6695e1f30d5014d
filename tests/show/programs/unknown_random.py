# A width drawn at random cannot be known.
# entry: Net()
# input: f32[1,4]
# expect: refused
# truth: no
import random

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.width = random.randint(3, 300)
        self.fc = nn.Linear(4, self.width)

    def forward(self, x):
        return self.fc(x)
