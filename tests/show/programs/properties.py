# Properties with setters, class-level properties through inheritance, and a property that returns a layer.
# entry: Net(4)
# input: f32[1,4]
import torch.nn as nn


class Base(nn.Module):
    def __init__(self, n):
        super().__init__()
        self._n = n
        self.width = n + 1

    @property
    def width(self):
        return self._width * 2

    @width.setter
    def width(self, value):
        self._width = value

    @property
    def device_type(self):
        return next(self.parameters()).device.type

    @property
    def num_params(self):
        return sum(p.numel() for p in self.parameters())


class Net(Base):
    def __init__(self, n):
        super().__init__(n)
        self.fc = nn.Linear(n, self.width)
        self.width += 1
        self.out = nn.Linear(self.width - 12, self.num_params)

    @property
    def body(self):
        return self.fc

    def forward(self, x):
        assert self.device_type == "cpu"
        return self.out(self.body(x))
