"""Parts of tensors that one statement writes together, and functions that fill a tensor which they are given."""
# entry: Net()
# input: x=f32[2,6]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(6, 6)

    def exchanged(self, h):
        value = h.sum()
        h[:, 0], h[:, 1] = h[:, 1].clone(), h[:, 0] * value
        h[:, 2:4], last = h[:, 4:] + 1, h.mean()  # a name as well
        h[0, 5] = h[1, 4] = last * 2
        return h

    def filled(self, h):
        product = torch.empty_like(h)
        torch.mul(h, 2, out=product)
        same = product
        torch.exp(product, out=product)
        total = torch.add(h, same, alpha=2)
        table = torch.zeros(2, 6)
        other = torch.sub(h, total, out=table)
        other += 1
        wide = torch.empty(2, 12)
        torch.cat([table, other], dim=1, out=wide)
        return product, same, total, table, wide

    def forward(self, x):
        return self.exchanged(self.linear(x)), self.filled(self.linear(x))
