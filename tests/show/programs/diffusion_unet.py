# Time embeddings, attention with einsum and residual blocks in nested ModuleLists; identity by None and exists/default.
# entry: Net(dim=8, dim_mults=(1, 2))
# input: f32[1,3,16,16]
# input: i64[1]{0..10}
import math
from functools import partial

import torch
from einops import rearrange
from torch import einsum, nn


def exists(x):
    return x is not None


def default(val, d):
    if exists(val):
        return val
    return d() if callable(d) else d


class Residual(nn.Module):
    def __init__(self, fn):
        super().__init__()
        self.fn = fn

    def forward(self, x, *args, **kwargs):
        return self.fn(x, *args, **kwargs) + x


class SinusoidalPosEmb(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, x):
        half = self.dim // 2
        emb = torch.exp(torch.arange(half, device=x.device) * -(math.log(10000) / (half - 1)))
        emb = x[:, None] * emb[None, :]
        return torch.cat((emb.sin(), emb.cos()), dim=-1)


class Block(nn.Module):
    def __init__(self, i, o, *, time_dim=None, groups=4):
        super().__init__()
        self.mlp = nn.Sequential(nn.SiLU(), nn.Linear(time_dim, o * 2)) if exists(time_dim) else None
        self.proj = nn.Conv2d(i, o, 3, padding=1)
        self.norm = nn.GroupNorm(groups, o)
        self.res = nn.Conv2d(i, o, 1) if i != o else nn.Identity()

    def forward(self, x, t=None):
        h = self.norm(self.proj(x))
        if exists(self.mlp) and exists(t):
            scale, shift = rearrange(self.mlp(t), "b c -> b c 1 1").chunk(2, dim=1)
            h = h * (scale + 1) + shift
        return h + self.res(x)


class Attention(nn.Module):
    def __init__(self, dim, heads=2, dim_head=4):
        super().__init__()
        self.heads, self.scale = heads, dim_head ** -0.5
        self.to_qkv = nn.Conv2d(dim, heads * dim_head * 3, 1, bias=False)
        self.to_out = nn.Conv2d(heads * dim_head, dim, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        q, k, v = map(lambda t: rearrange(t, "b (h c) x y -> b h c (x y)", h=self.heads), self.to_qkv(x).chunk(3, dim=1))
        attn = einsum("b h d i, b h d j -> b h i j", q * self.scale, k).softmax(dim=-1)
        out = einsum("b h i j, b h d j -> b h i d", attn, v)
        return self.to_out(rearrange(out, "b h (x y) d -> b (h d) x y", x=h, y=w))


class Net(nn.Module):
    def __init__(self, dim, init_dim=None, out_dim=None, dim_mults=(1, 2, 4), channels=3):
        super().__init__()
        init_dim = default(init_dim, dim)
        self.init_conv = nn.Conv2d(channels, init_dim, 7, padding=3)
        dims = [init_dim, *map(lambda m: dim * m, dim_mults)]
        in_out = list(zip(dims[:-1], dims[1:]))
        time_dim = dim * 4
        block = partial(Block, time_dim=time_dim)
        self.time_mlp = nn.Sequential(SinusoidalPosEmb(dim), nn.Linear(dim, time_dim), nn.GELU(), nn.Linear(time_dim, time_dim))
        self.downs, self.ups = nn.ModuleList([]), nn.ModuleList([])
        n = len(in_out)
        for ind, (i, o) in enumerate(in_out):
            last = ind >= (n - 1)
            self.downs.append(nn.ModuleList([
                block(i, i), Residual(Attention(i)), nn.Conv2d(i, o, 4, 2, 1) if not last else nn.Conv2d(i, o, 3, padding=1)]))
        self.mid = block(dims[-1], dims[-1])
        for ind, (i, o) in enumerate(reversed(in_out)):
            last = ind == (n - 1)
            self.ups.append(nn.ModuleList([
                block(o + i, o), nn.ConvTranspose2d(o, i, 4, 2, 1) if not last else nn.Conv2d(o, i, 3, padding=1)]))
        self.final = nn.Conv2d(dim, default(out_dim, channels), 1)

    def forward(self, x, time):
        x = self.init_conv(x)
        t = self.time_mlp(time)
        h = []
        for blk, attn, down in self.downs:
            x = attn(blk(x, t))
            h.append(x)
            x = down(x)
        x = self.mid(x, t)
        for blk, up in self.ups:
            x = up(blk(torch.cat((x, h.pop()), dim=1), t))
        return self.final(x)
