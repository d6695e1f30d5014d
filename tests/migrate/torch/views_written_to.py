"""Views that are written to, with names and without: what they are views of is put together again."""
# entry: Net()
# input: x=f32[2,3,12]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(12, 12)
        self.b = nn.Linear(12, 12)

    def parts(self, x):
        qkv = self.a(x)
        q, k, v = qkv.chunk(3, dim=-1)
        q.mul_(0.5)  # seen in qkv
        v += q
        left, right = torch.split(qkv, [8, 4], dim=2)
        right.tanh_()
        first, second, third = qkv.unbind(1)
        second -= first
        return qkv, q @ k.transpose(1, 2), v, left, third

    def unnamed(self, x):
        h = self.b(x)
        h.view(-1)[0] = 1
        h.view(2, -1)[:, 3:5] += 2
        t = h.transpose(1, 2)
        t[:, 0] *= 3
        h[0].view(-1)[1:3] = 0
        h.unsqueeze(1)[:, 0, 1] = 7
        h.permute(2, 0, 1)[1].add_(4)
        h.mT[:, 2].neg_()
        torch.swapaxes(h, 0, 1)[0].fill_(2)
        return h, t

    def named(self, x):
        h = self.a(x) * 2
        moved = h.permute(2, 0, 1)
        moved[1:3] = 0.5
        wide = moved.unsqueeze(0)
        wide.sub_(1)
        self.held = moved[0]
        self.held.add_(1)
        once, again = (h + 1).chunk(2, -1)
        once.mul_(3)  # nobody asks for the sum any more
        again = again * 2
        return h, moved, once, again, self.held

    def forward(self, x):
        return self.parts(x), self.unnamed(x), self.named(x)
