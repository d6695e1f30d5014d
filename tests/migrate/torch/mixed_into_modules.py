"""Classes that are no modules themselves give modules methods and attributes, one of them the computation."""
# entry: Net()
# input: x=f32[2,4]
import torch.nn as nn


class Scaled:
    path = 4

    def forward(self, x):
        return self.losses(super().forward(x)) * self.path

    def losses(self, x):
        return self.path + x


class Plain(Scaled):
    path = 3


class Linear(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.name = "linear"

    def forward(self, x):
        return self.fc(x)


class Net(Scaled, Linear):
    def losses(self, x):
        return super().losses(x) + Scaled.losses(self, x) + len(self.name)

    def again(self, x):
        return super().forward(x), Scaled.forward(self, x), Scaled.path
