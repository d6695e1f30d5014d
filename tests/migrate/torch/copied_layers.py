# Layers that are copied, also those that are made with other layers or functions.
# entry: Net()
# input: f32[2,5,8]
import copy
from copy import deepcopy
import torch
import torch.nn as nn
import torch.nn.functional as F


def clones(module, n):
    return nn.ModuleList([copy.deepcopy(module) for _ in range(n)])


class Attention(nn.Module):
    def __init__(self, h, d, dropout=0.1):
        super().__init__()
        self.d_k = d // h
        self.h = h
        self.linears = clones(nn.Linear(d, d), 4)
        self.dropout = nn.Dropout(p=dropout)

    def forward(self, q, k, v):
        n = q.size(0)
        q, k, v = [lin(x).view(n, -1, self.h, self.d_k).transpose(1, 2) for lin, x in zip(self.linears, (q, k, v))]
        p = F.softmax(q @ k.transpose(-2, -1) / self.d_k ** 0.5, dim=-1)
        x = (self.dropout(p) @ v).transpose(1, 2).contiguous().view(n, -1, self.h * self.d_k)
        return self.linears[-1](x)


class Residual(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.norm = nn.LayerNorm(size)

    def forward(self, x, sublayer):
        return x + sublayer(self.norm(x))


class EncoderLayer(nn.Module):
    def __init__(self, size, attn, ff):
        super().__init__()
        self.attn, self.ff = attn, ff
        self.sub = clones(Residual(size), 2)

    def forward(self, x):
        x = self.sub[0](x, lambda x: self.attn(x, x, x))
        return self.sub[1](x, self.ff)


class Encoder(nn.Module):
    def __init__(self, layer, n):
        super().__init__()
        self.layers = clones(layer, n)
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.norm(x)


def make(n=2, d=8, h=2):
    c = copy.deepcopy
    attn = Attention(h, d)
    ff = nn.Sequential(nn.Linear(d, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, d))
    return Encoder(EncoderLayer(d, c(attn), c(ff)), n)


class Act(nn.Module):
    def __init__(self, act=F.gelu, norm=nn.BatchNorm1d):
        super().__init__()
        self.act, self.norm = act, norm(4)
        self.conv = nn.Sequential(nn.Conv1d(4, 4, 3, padding=1), nn.PReLU(), nn.Conv1d(4, 4, 3, padding=1, padding_mode="circular"))
        self.w = nn.Parameter(torch.rand(4, 1))
        self.register_buffer("b", torch.arange(4.0)[:, None])

    def forward(self, x):
        return self.act(self.norm(self.conv(x))) * self.w + self.b


class Momentum(nn.Module):  # a teacher that is a copy of the student
    def __init__(self, m=None):
        super().__init__()
        self.student = Act() if m is None else m
        self.teacher = deepcopy(self.student)
        for p in self.teacher.parameters():
            p.requires_grad = False
        self.both = deepcopy([nn.Linear(5, 3), nn.Tanh()])
        self.heads = nn.ModuleList(self.both)

    def forward(self, x):
        a, b = self.student(x), self.teacher(x)
        for h in self.heads:
            a = h(a)
        return a, b


class Nobody(nn.Module):  # which the entry does not reach, but which has to parse
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.PReLU() for _ in range(2))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = make()
        self.momentum = Momentum()

    def forward(self, x):
        a, b = self.momentum(x[:, :4, :5])
        return self.encoder(x).mean(), a, b
