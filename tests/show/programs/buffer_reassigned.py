# Buffers replaced by tensors of another shape, in __init__ and in forward; None that becomes a tensor; a buffer deleted.
# entry: Net()
# input: f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("a", torch.zeros(2))
        self.a = torch.zeros(3, 4)
        self.register_buffer("b", None)
        self.b = torch.ones(5)
        self.register_buffer("c", torch.ones(6))
        del self.c
        self.register_buffer("d", torch.ones(1), persistent=False)
        self.d = torch.ones(7)
        self.register_buffer("e", torch.ones(4))
        self.fc = nn.Linear(4, 3)
        self.fc.register_buffer("mask", torch.ones_like(self.fc.weight))

    def forward(self, x):
        y = nn.functional.linear(x, self.fc.weight * self.fc.mask)
        return y + self.a.sum(1)[None], self.d, self.b * 2, x * self.e
