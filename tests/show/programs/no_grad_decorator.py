# torch.no_grad and torch.inference_mode as decorators, jit annotations, and torch.jit.is_scripting tests.
# entry: Net()
# input: f32[1,4]
import torch
import torch.nn as nn
from torch import jit


class Net(nn.Module):
    __constants__ = ["n"]

    def __init__(self):
        super().__init__()
        self.n = 4
        self.fc = nn.Linear(4, 4)
        self.reset()

    @torch.no_grad()
    def reset(self):
        self.fc.weight.zero_()

    @torch.jit.ignore
    def helper(self, x):
        return x.repeat(1, 2)

    @jit.export
    def other(self, x):
        return x

    @torch.inference_mode()
    def double(self, x):
        return self.fc(x) * 2

    @torch.no_grad()
    def forward(self, x):
        if torch.jit.is_scripting() or torch.jit.is_tracing():
            return x
        return self.helper(self.other(self.double(x)))
