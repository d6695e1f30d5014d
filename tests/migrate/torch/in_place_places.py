"""Tensors that are written to in place while attributes, items, other names and parts hold them, too."""
# entry: Net(4)
# input: x=f32[2,5,4]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(n, n)
        self.b = nn.Linear(n, n)
        self.last = None

    def attributes(self, x):
        self.last = self.a(x)
        h = self.last
        h += 1  # the attribute, too
        h.mul_(3)
        return self.last - x

    def items(self, x):
        out = {"h": self.b(x)}
        h = out["h"]
        h -= h.mean(dim=-1, keepdim=True)
        out["norm"] = h.norm(dim=-1)
        return out

    def parts(self, x):
        h = self.a(x)
        first, rest = h[:, :1], h[:, 1:]
        rest.add_(first)
        first.sub_(rest.mean(1, keepdim=True))
        flat = h.view(-1)
        flat *= 2
        row = h[0]
        same = row
        same.zero_()
        return h, flat, first, row

    def loops(self, x):
        h = self.b(x)
        kept = h
        for i in range(x.shape[1]):
            row = h[:, i]
            row += i
            if i == 2:
                row.neg_()
        pair = [h * 1, torch.exp2(h)]
        for i in range(1, 2):
            pair[i][:, :2] += pair[i - 1][:, :2]
        numbers = count = 1
        count += 1
        skip = h
        h = torch.relu(h)
        h += 1
        return h, kept, skip, numbers * x, pair

    def exchanged(self, x):
        left, right = x * 1, x * 2
        left, right = right, left
        left += 1
        wide = x * 3
        wide = wide.reshape(2, -1)  # the name it had is gone
        wide += 1
        return left, right, wide

    def forward(self, x):
        return self.attributes(x), self.items(x), self.parts(x), self.loops(x), self.exchanged(x)
