# add_module, register_module, register_buffer (persistent or not, None), register_parameter(None), plain tensors.
# entry: Net()
# input: f32[2,3]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("kept", torch.ones(3))
        self.register_buffer("dropped", torch.zeros(5, 3), persistent=False)
        self.register_buffer("nothing", None)
        self.weight = nn.Parameter(torch.empty(4, 3))
        self.register_parameter("bias", None)
        self.register_parameter("gain", nn.Parameter(torch.ones(1), requires_grad=False))
        self.plain = torch.zeros(7)
        self.register_module("sub", nn.Linear(4, 2, bias=False))
        self.add_module("empty", None)

    def forward(self, x):
        x = torch.nn.functional.linear(x * self.kept + self.dropped[0], self.weight, self.bias)
        return self.sub(x * self.gain)
