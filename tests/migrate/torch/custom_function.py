"""A function with its own gradient: the sign, straight through."""
# entry: Net(4)
# input: f32[3,4]
import torch
import torch.nn as nn
from torch.autograd import Function


class Sign(Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.save_for_backward(x)
        ctx.scale = scale
        return torch.sign(x) * scale

    @staticmethod
    def backward(ctx, grad):
        (x,) = ctx.saved_tensors
        # straight through, where the input is small
        return grad * (x.abs() <= 1) * ctx.scale, None


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return Sign.apply(self.fc(x), 2.0)
