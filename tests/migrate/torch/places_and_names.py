"""Places where a condition holds, buffers under names that the target has for itself, and options of creators in a dictionary."""
# entry: Net(8)
# input: x=f32[2,6,8]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Transform(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.register_buffer("weights", (torch.eye(n) * 2 + torch.ones(n, n)).T.contiguous())
        self.register_parameter("bias", None)
        self.register_buffer("losses", torch.ones(n), persistent=False)

    def forward(self, x):
        return F.linear(x, self.weights, self.bias) + self.losses


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.transform = Transform(n)
        self.register_parameter("variables", nn.Parameter(torch.randn(n)))
        if torch.meshgrid.__kwdefaults__ is not None:
            rows, columns = torch.meshgrid(torch.arange(6), torch.arange(n), indexing="ij")
        else:
            rows, columns = torch.meshgrid(torch.arange(6), torch.arange(n))
        self.register_buffer("grid", (rows - columns).float())

    def forward(self, x):
        kind = dict(device=x.device, dtype=x.dtype)
        y = self.transform(x) * torch.full((1, 8), 0.5, **kind) + torch.zeros((2, 1, 8), **kind) + self.grid * torch.tensor(0.25, **kind)
        i, j, k = torch.where(x > 0)
        rows = (x.sum(-1) > 0).nonzero(as_tuple=True)
        static = torch.where(torch.tensor([True, False, True, True, False, True]))[0]
        return y, y[i, j, k].sum(), x[rows].sum(0) * self.variables, y[:, static]
