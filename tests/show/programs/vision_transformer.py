# A vision transformer: class token, position table, stochastic depth rates from linspace, qkv reshape.
# entry: ViT(img_size=16, patch=4, dim=12, depth=3, heads=3, qkv_bias=False, drop_path=0.2)
# input: f32[2,3,16,16]
import math
from functools import partial

import torch
import torch.nn as nn


class DropPath(nn.Module):
    def __init__(self, p=0.0):
        super().__init__()
        self.p = p

    def forward(self, x):
        if self.p == 0.0 or not self.training:
            return x
        keep = x.new_empty((x.shape[0],) + (1,) * (x.ndim - 1)).bernoulli_(1 - self.p)
        return x * keep.div_(1 - self.p)


class Block(nn.Module):
    def __init__(self, dim, heads, mlp=4.0, qkv_bias=True, drop_path=0.0, norm=nn.LayerNorm):
        super().__init__()
        self.heads, self.scale = heads, (dim // heads) ** -0.5
        self.norm1, self.norm2 = norm(dim), norm(dim)
        self.qkv = nn.Linear(dim, dim * 3, bias=qkv_bias)
        self.proj = nn.Linear(dim, dim)
        self.drop_path = DropPath(drop_path) if drop_path > 0.0 else nn.Identity()
        self.mlp = nn.Sequential(nn.Linear(dim, int(dim * mlp)), nn.GELU(), nn.Linear(int(dim * mlp), dim))

    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(self.norm1(x)).reshape(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        attn = (q @ k.transpose(-2, -1)) * self.scale
        y = (attn.softmax(dim=-1) @ v).transpose(1, 2).reshape(B, N, C)
        x = x + self.drop_path(self.proj(y))
        return x + self.drop_path(self.mlp(self.norm2(x)))


class ViT(nn.Module):
    def __init__(self, img_size=224, patch=16, dim=768, depth=12, heads=12, classes=10, drop_path=0.0, **kw):
        super().__init__()
        norm = partial(nn.LayerNorm, eps=1e-6)
        self.grid = (img_size // patch, img_size // patch)
        self.embed = nn.Conv2d(3, dim, patch, patch)
        self.cls = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos = nn.Parameter(torch.randn(1, math.prod(self.grid) + 1, dim) * 0.02)
        rates = [x.item() for x in torch.linspace(0, drop_path, depth)]
        self.blocks = nn.Sequential(*[Block(dim, heads, drop_path=rates[i], norm=norm, **kw) for i in range(depth)])
        self.norm = norm(dim)
        self.head = nn.Linear(dim, classes) if classes > 0 else nn.Identity()

    def interpolate_pos(self, n):
        if n == self.pos.shape[1]:
            return self.pos
        raise NotImplementedError

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls.expand(x.shape[0], -1, -1), x), dim=1) + self.interpolate_pos(x.shape[1] + 1)
        return self.head(self.norm(self.blocks(x))[:, 0])
