"""Attributes in the bodies of classes whose names layers have for themselves, read there and through objects."""
# entry: Net()
# input: x=f32[2,4]
import torch.nn as nn


class Base(nn.Module):
    name = "base"
    layers: int = 2
    first, (metrics, second) = 1, (2, 3)

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def run(self, x):
        return self.fc(x) * self.layers * len(self.name) + self.loss + self.metrics + self.losses + len(Base.name)

    forward = run

    @property
    def loss(self):
        return self.second

    @loss.setter
    def loss(self, value):
        self.second = value

    losses = first + layers


class Net(Base):
    name = "derived"

    def __init__(self):
        super().__init__()
        self.loss = 5
