"""Rotary embeddings whose cosines, or angles of frequencies, are kept as long as they reach."""
# entry: Net(8)
# input: x=f32[2,5,8]
import torch
import torch.nn as nn


class Rotary(nn.Module):
    def __init__(self, dim, base=10000):
        super().__init__()
        inv_freq = 1.0 / (base ** (torch.arange(0, dim, 2).float() / dim))
        self.register_buffer("inv_freq", inv_freq)
        self.seq_len_cached = None
        self.cos_cached = None
        self.sin_cached = None

    def forward(self, x, seq_dim=1):
        seq_len = x.shape[seq_dim]
        if seq_len != self.seq_len_cached:
            self.seq_len_cached = seq_len
            t = torch.arange(x.shape[seq_dim], device=x.device).type_as(self.inv_freq)
            freqs = torch.einsum("i,j->ij", t, self.inv_freq)
            emb = torch.cat((freqs, freqs), dim=-1).to(x.device)
            self.cos_cached = emb.cos()[None, :, :]
            self.sin_cached = emb.sin()[None, :, :]
        return self.cos_cached, self.sin_cached


class Angles(nn.Module):
    def __init__(self, dim, most=16):
        super().__init__()
        self.register_buffer("freqs", torch.rand(dim // 2))
        self.register_buffer("cached", torch.zeros(most, dim // 2), persistent=False)
        self.cached_length = 0

    def forward(self, t, length, offset=0):
        if offset + length <= self.cached_length:
            return self.cached[offset:offset + length].detach()
        freqs = torch.einsum("i,f->if", t.type(self.freqs.dtype), self.freqs)
        if offset == 0:
            self.cached[:length] = freqs.detach()
            self.cached_length = length
        return freqs


def rotate_half(x):
    x1, x2 = x[..., : x.shape[-1] // 2], x[..., x.shape[-1] // 2:]
    return torch.cat((-x2, x1), dim=-1)


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.rotary = Rotary(dim)
        self.angles = Angles(dim)
        self.q = nn.Linear(dim, dim)

    def forward(self, x):
        q = self.q(x)
        cos, sin = self.rotary(q)
        t = torch.arange(x.shape[1])
        turned = torch.cat((self.angles(t, len(t)).cos(), self.angles(t, len(t)).sin()), dim=-1)
        return (q * cos + rotate_half(q) * sin) * turned
