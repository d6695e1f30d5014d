# entry: Net(4)
# input: x=f32[2,5,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    """A table that a method registers when it is first asked for, and buffers that only training writes to."""

    def __init__(self, n):
        super().__init__()
        self.linear = nn.Linear(n, n)
        self.register_buffer("mask", None, persistent=False)
        self.register_buffer("average", torch.zeros(n))
        self.register_buffer("steps", torch.tensor(0))

    def get_mask(self, n, device):
        if self.mask is not None and self.mask.shape[-1] >= n:
            return self.mask[:n, :n]
        mask = torch.ones((n, n), device=device, dtype=torch.bool).triu(1)
        self.register_buffer("mask", mask, persistent=False)  # for later calls
        return mask

    def forward(self, x):
        h = self.linear(x)
        if self.training:
            with torch.no_grad():
                self.average.mul_(0.9).add_(h.mean((0, 1)), alpha=0.1)
                self.steps += 1
                self.average[int(self.steps) % 4] = 0
        scores = (h - self.average) @ x.transpose(-1, -2)
        scores = scores.masked_fill(self.get_mask(x.shape[1], x.device), -1e9)
        return scores.softmax(-1) @ x, self.steps
