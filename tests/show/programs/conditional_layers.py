# Layers that exist only under a condition, tested in forward by None, by flag and by hasattr.
# entry: Net(4, use_norm=True, downsample=False, depth=3)
# input: f32[2,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n, use_norm=False, downsample=True, depth=2, dropout=0.0):
        super().__init__()
        self.norm = nn.LayerNorm(n) if use_norm else None
        self.use_norm = use_norm
        if downsample:
            self.down = nn.Linear(n, n // 2)
        if depth > 2:
            self.deep = nn.Sequential(*[nn.Linear(n, n) for _ in range(depth - 2)])
        else:
            self.deep = nn.Identity()
        self.drop = nn.Dropout(dropout) if dropout > 0.0 else nn.Identity()
        self.pos = nn.Parameter(self.norm.weight.detach()[None]) if use_norm else None

    def forward(self, x):
        if self.norm is not None:
            x = self.norm(x)
        if hasattr(self, "down"):
            x = self.down(x)
        if self.pos is not None and not self.training:
            x = x + self.pos
        if self.training:
            x = x[:1]
        return self.drop(self.deep(x))
