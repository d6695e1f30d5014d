"""Tables kept for the next call, made of buffers that a checkpoint brings, behind the tests in which programs ask whether they are there."""

# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("scale", torch.ones(4))
        self.is_ready = False
        self.mask = None
        self.table = None
        self.tables = {}

    def by_flag(self):
        if not self.is_ready:
            self.table = self.scale * 2
            self.is_ready = True
        return self.table

    def by_name(self):
        if not hasattr(self, "late"):
            self.late = self.scale.cumsum(0)
        return self.late

    def by_key(self, n):
        # what is behind the test runs only later
        if n in self.tables:
            return self.tables[n].view(1, 4).to(torch.float32)
        self.tables[n] = self.scale.view(1, 4) * n
        return self.tables[n]

    def of_size(self, x):
        if self.mask is None or self.mask.size(0) != x.size(0):
            self.mask = torch.ones(x.size(0), x.size(0)).tril()
        return self.mask

    def forward(self, x):
        return self.of_size(x) @ (x * self.by_flag() + self.by_name() * self.by_key(3))
