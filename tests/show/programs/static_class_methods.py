# staticmethod, classmethod as alternative constructors, called through class, instance and subclass; bound methods kept.
# entry: Wide.small(k=2)
# input: f32[1,4]
import torch.nn as nn


class Net(nn.Module):
    base = 3

    def __init__(self, width):
        super().__init__()
        self.fc = self.layer(4, width)
        self.call = self.run
        self.table = {"fc": self.fc, "fn": self.run}

    @staticmethod
    def layer(i, o):
        return nn.Linear(i, o)

    @classmethod
    def small(cls, k=1):
        return cls(cls.base * k)

    def run(self, x):
        return self.fc(x)

    def forward(self, x):
        return self.call(x), self.table["fn"](x), Net.run(self, x), len(self.table) * x


class Wide(Net):
    base = 8

    @staticmethod
    def layer(i, o):
        return nn.Sequential(Net.layer(i, o), nn.Linear(o, o, bias=False))
