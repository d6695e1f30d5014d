"""einops given weights as they are, in another type, and in containers."""
# entry: Net(4)
# input: f32[2,3,4]
import torch
from einops import einsum, pack, rearrange, repeat
from torch import nn


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mix = nn.Parameter(torch.rand(2, dim, dim))
        self.scale = nn.Parameter(torch.rand(1))
        self.start = nn.Parameter(torch.rand(dim))
        self.register_buffer("shift", torch.arange(float(dim)))

    def weight(self):
        return self.mix

    def forward(self, x):
        mixed = einsum(x.float(), self.mix.float(), "b n d, h d e -> h b n e")
        scaled = mixed[0] * repeat(self.scale.float(), "1 -> d", d=x.shape[-1]) + repeat(self.shift, "d -> n d", n=x.shape[1])
        packed, _ = pack([scaled, repeat(self.start, "d -> b d", b=x.shape[0])], "b * d")
        return packed, mixed[1] @ rearrange(self.weight(), "h d e -> d (h e)")
