# A metaclass whose __new__ returns another class than the statement made: super() in its methods means that one
# entry: Net()
# input: f32[2,4]
import torch.nn as nn


class Doubling(type):
    def __new__(meta, name, bases, body):
        body["made"] = name.lower()
        return super().__new__(meta, name, bases, dict(body))


class Base(nn.Module):
    pass


class Named(Base, metaclass=Doubling):
    def __init__(self, size):
        super().__init__()
        self.fc = nn.Linear(size, size)

    def forward(self, x):
        return self.fc(x)


class Net(Named):
    def __init__(self):
        super().__init__(4)
        self.inner = nn.ModuleDict({self.made: Named(4), Named.__qualname__: nn.Linear(4, 2)})

    def forward(self, x):
        return self.inner["Named"](self.inner[self.made](super().forward(x)))
