"""ParameterList, ParameterDict and BufferList by hand."""
# entry: Net()
# input: x=f32[2,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.ws = nn.ParameterList([nn.Parameter(torch.randn(4, 4)) for _ in range(3)])
        self.named = nn.ParameterDict({"scale": nn.Parameter(torch.ones(4)), "shift": nn.Parameter(torch.zeros(4))})
        for i in range(2):
            self.register_buffer(f"mask_{i}", torch.full((4,), float(i + 1)))

    def forward(self, x):
        for i, w in enumerate(self.ws):
            x = x @ w.t() if i % 2 == 0 else torch.mm(x, w)
        x = x * self.named["scale"] + self.named["shift"]
        for i in range(2):
            x = x + getattr(self, f"mask_{i}")
        return x
