# einops: rearrange, reduce, repeat with groups, ones, ellipsis and named sizes.
# entry: Net()
# input: f32[2,3,8,12]
import torch.nn as nn
from einops import einsum, pack, rearrange, reduce, repeat, unpack


class Net(nn.Module):
    def forward(self, x):
        patches = rearrange(x, "b c (h p1) (w p2) -> b (h w) (p1 p2 c)", p1=4, p2=4)
        heads = rearrange(patches, "b n (h d) -> b h n d", h=6)
        q, k, v = rearrange(patches, "b n (three h d) -> three b h n d", three=3, h=4)
        packed, ps = pack([patches, patches[:, :2]], "b * d")
        a, b = unpack(packed, ps, "b * d")
        return (
            patches, heads, q, reduce(x, "b c h w -> b c", "mean"), reduce(x, "b c (h 2) (w 3) -> b h w c", "max"),
            repeat(x, "b c h w -> b (r c) h w 1", r=3), repeat(x[0, 0], "h w -> b h w", b=5),
            rearrange(x, "... h w -> (h w) ..."), rearrange(x[:1], "1 c h w -> c h w"), rearrange([x, x], "k b c h w -> b k c h w"),
            reduce(x, "b c h w -> () c () ()", "sum"), packed, a, b, einsum(q, k, "b h i d, b h j d -> b h i j"),
        )
