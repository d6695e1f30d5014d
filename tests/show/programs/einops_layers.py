# einops layers inside Sequential.
# entry: Net(dim=10)
# input: f32[2,3,8,8]
import torch.nn as nn
from einops.layers.torch import EinMix, Rearrange, Reduce


def pair(t):
    return t if isinstance(t, tuple) else (t, t)


class Net(nn.Module):
    def __init__(self, dim, patch=4):
        super().__init__()
        p1, p2 = pair(patch)
        self.embed = nn.Sequential(
            Rearrange("b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=p1, p2=p2),
            nn.LayerNorm(p1 * p2 * 3), nn.Linear(p1 * p2 * 3, dim), nn.LayerNorm(dim))
        self.mix = EinMix("b n d -> b n e", weight_shape="d e", bias_shape="e", d=dim, e=7)
        self.pool = Reduce("b n d -> b d", "mean")

    def forward(self, x):
        x = self.embed(x)
        return self.pool(self.mix(x)), x
