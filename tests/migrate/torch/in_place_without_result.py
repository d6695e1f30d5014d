"""Functions that write to their arguments and give nothing back: they give back what they wrote to, and the arguments are bound to it."""
# entry: Net(5)
# input: x=f32[2,5,4]
import torch
from torch import nn


def fill(table, positions):
    table[:, 0::2] = torch.sin(positions)
    table[:, 1::2] = torch.cos(positions)


def rotate(q, k, *, cos) -> None:
    q.mul_(cos)
    k.mul_(cos).add_(1)


def subtract(t, value):
    t -= value


def center(t):
    """What one such function calls another for."""
    subtract(t, t.mean())
    for i in range(2):
        subtract(t[i], i + 1)


class Net(nn.Module):
    def __init__(self, n, other=False):
        super().__init__()
        self.q = nn.Linear(4, 4)
        self.k = nn.Linear(4, 4)
        self.other = other
        table = torch.zeros(n, 4)
        fill(table, torch.arange(n).float()[:, None])
        self.register_buffer("table", table)

    @staticmethod
    def limit(t, low, high):
        t.clamp_(low, high)

    def _add_table(self, x, times=1, start=None):
        if times == 0:
            return
        if start is not None:
            x[:, :start] += self.table[:start]
            return None
        x += times * self.table

    def forward(self, x):
        q, k = self.q(x), self.k(x)
        self._add_table(q, 2)
        self._add_table(x=k, times=0)
        self._add_table(k, start=3)
        old, part = q, k[:, 1:3]
        rotate(k=k, q=q, cos=x)
        if self.other:
            other = k * 2
            self.limit(other, 0, 1)
            return other
        self.limit(part, -0.5, 0.5)
        self.limit(q[..., 1:], -1, 1)
        center(k)
        held = [q * 2, {"k": k + 1}]
        center(held[0])
        subtract(held[1]["k"], 0.5)
        return old, q, k, part, held
