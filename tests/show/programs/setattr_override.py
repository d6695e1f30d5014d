# A module with its own __setattr__ and __delattr__ that pass on to the parent's, and order after del and a second assignment.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.log = []
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4)
        self.c = nn.Linear(4, len(self.log))
        del self.a
        self.a = nn.Linear(4, 5)

    def __setattr__(self, name, value):
        if isinstance(value, nn.Module):
            self.log.append(name)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        self.log.remove(name)
        super().__delattr__(name)

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), len(self.log) * x
