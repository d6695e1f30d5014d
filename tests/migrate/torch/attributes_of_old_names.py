"""Layers of Keras look whether an attribute is there before they set it: what __getattr__ raises then ends the program."""
# entry: Net()
# input: x=f32[2,4]
# refuse
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.old = {"width": 3}
        self.width = 4
        self.fc = nn.Linear(4, self.width)

    def __getattr__(self, name):
        if name in self.__dict__.get("old", {}):
            raise RuntimeError("an old name: " + name)
        return super().__getattr__(name)

    def forward(self, x):
        return self.fc(x)
