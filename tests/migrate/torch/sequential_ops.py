"""Sequential: indexing, slicing, append, extend, insert, deleting, iteration, len."""
# entry: Net()
# input: x=f32[2,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        seq = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 6), nn.Tanh())
        seq.append(nn.Linear(6, 6))
        seq.add_module("extra", nn.Linear(6, 3))
        self.seq = seq
        self.head = self.seq[:2]
        self.last = seq[-1]
        items = nn.ModuleList()
        items.append(nn.Linear(3, 3))
        items.extend([nn.ReLU(), nn.Linear(3, 3)])
        items.insert(0, nn.LayerNorm(3))
        self.items = items
        del self.seq[3]
        body = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 2), nn.Tanh())
        body.pop(1)
        body.insert(1, nn.Linear(4, 4, bias=False))
        body.add_module("extra", nn.Linear(4, 9))
        del body.extra
        self.body = body

    def forward(self, x):
        a = self.head(x) + self.body(x).narrow(1, -2, 1)
        x = self.seq(x)
        for layer in self.items[:-1]:
            x = layer(x)
        return self.items[-1](x) * len(self.items) + len(self.seq), a
