"""Rows of einops against einops itself."""
import pytest

pytest.importorskip("einops")

REARRANGE = """
t(2, 3, 4), 'b c h -> b h c' ; t(2, 3, 4), 'b c h -> (b c) h' ; t(6, 4), '(b c) h -> b c h', b=2 ; t(6, 4), '(b c) h -> c b h', c=3 ; t(2, 3, 4, 5), 'b ... -> ... b' ; t(2, 3, 4), 'b ... -> b (...)' ; t(2, 3, 4), '... c -> (...) c' ; t(2, 3), 'a b -> a b 1' ; t(2, 1, 3), 'a 1 b -> a b'
t(2, 12), 'b (h w c) -> b h w c', h=2, w=3 ; t(2, 3), 'a b -> a' ; t(2, 3), 'a b c -> a' ; t(2, 3), 'a (b c) -> a b c' ; t(2, 3), 'a (b c) -> a b c', b=2 ; t(2, 3), 'a b -> b c', c=2 ; t(2, 3), 'a b -> b a', z=3 ; t(2, 3), 'a a -> a' ; t(2, 2), 'a 2 -> a 2' ; t(2, 3), '(a b -> a b'
t(2, 3), 'a b)-> a b' ; t(2, 3), 'a ((b)) -> a b' ; t(2, 3), 'a_ b -> a_ b' ; t(2, 3), 'a b -> b a', a=3 ; t(3), 'd -> 1 1 d' ; t(1, 4, 6, 6), 'b c (h p1) (w p2) -> b (h w) (p1 p2 c)', p1=2, p2=3 ; t(2, 3), '... -> ...' ; t(), '-> 1' ; t(2, 3, 4), '(...) c -> c' ; t(2, 3), 'a b ... -> a ... b'
[t(2, 3), t(2, 3)], 'k a b -> a k b' ; [t(2), t(2)], 'k a -> a k' ; t(8, 3, 5), 'b n (h d) -> b h n d', h=2 ; t(8, 3, 6), 'b n (h d) -> b h n d', h=2 ; t(2, 3), 'a b > b a' ; t(2, 3), 'a b.. -> b a' ; t(2, 3, dtype='int64'), 'a b -> b a' ; t(4), '(a b) -> a b', a=2, b=3 ; t(2, 3), 'a () b -> a b' ; t(2, 1, 3), 'a () b -> a b'
t(2, 3, 4), 'b ... c -> b c ...' ; t(2, 3), 'b ... c -> b (...) c' ; t(0, 3), 'a b -> (a b)' ; t(1, 3, 8, 8), 'b c (h h2) (w w2) -> b (c h2 w2) h w', h2=2, w2=2
"""
REPEAT = """
t(2, 3), 'a b -> a b c', c=4 ; t(2, 3), 'a b -> a (b 2)' ; t(2, 3), 'a b -> a b c' ; t(2, 3), 'a b -> 5 a b' ; t(3), 'd -> b d', b=2 ; t(2, 3), 'a b -> a' ; t(2, 3), 'h w -> (h 2) (w 2)' ; t(1, 3), '1 n -> b n', b=4 ; t(1, 1, 3), '() n d -> b n d', b=2 ; t(2, 3), '... -> b ...', b=2 ; t(2, 3), 'a b -> (r a) b', r=3 ; t(3), 'n -> n 1' ; t(2, 3, dtype='bool'), 'b j -> (b h) () j', h=4
"""
REDUCE = """
t(2, 3, 4), 'b c h -> b c', 'mean' ; t(2, 3, 4), 'b c h -> b', 'sum' ; t(2, 3, 4), 'b c h -> b 1 h', 'max' ; t(2, 3, 6, 6), 'b c (h 2) (w 2) -> b c h w', 'max' ; t(2, 3), 'a b ->', 'sum' ; t(2, 3, dtype='int64'), 'a b -> a', 'mean' ; t(2, 3, dtype='int32'), 'a b -> a', 'sum' ; t(2, 3), 'a b -> a c', 'sum' ; t(2, 3), 'a b -> a', 'foo' ; t(2, 3, 4), 'b ... -> b', 'prod' ; t(2, 3, dtype='bool'), 'a b -> a', 'any' ; t(2, 3, 5, 5), 'b c h w -> b c () ()', 'min' ; t(2, 3), '... c -> c', 'mean' ; t(2, 3), 'a b -> a', torch.sum if False else 'sum'
"""
EINSUM = """
t(2, 3), t(3, 4), 'a b, b c -> a c' ; t(2, 3, 4), t(2, 5, 4), 'b i d, b j d -> b i j' ; t(2, 3), 'a b -> b' ; t(2, 3), t(4, 4), 'a b, b c -> a c' ; t(2, 3, 4), t(4, 5), '... in, in out -> ... out' ; t(2, 3) ; t(2, 3), 'a b' ; t(2, 3), 'a b -> c' ; t(2, 3), 'a (b c) -> a' ; t(2, 2), 'i i -> i'
"""
OTHER = r"""
einops.pack([t(2, 3), t(2, 4, 5)], 'b *') ; einops.pack([t(2, 3, 8), t(2, 8)], 'b * d') ; einops.pack([t(3), t(3)], 'd') ; einops.pack([t(2, 3)], 'b b *') ; einops.pack([t(2), t(2, 3)], 'b c *') ; einops.unpack(t(2, 23), [(3,), (4, 5)], 'b *') ; einops.unpack(t(2, 5, 8), [[], (4,)], 'b * d') ; einops.unpack(t(2, 7), [(3,), (-1,)], 'b *') ; einops.unpack(t(2, 7), [(3,), (5,)], 'b *')
einops.unpack(t(2, 7, 3), [(3,), (4,)], 'b *') ; einops.unpack(t(2, 8), [(2, -1), (2,)], 'b *') ; einops.parse_shape(t(2, 3, 4), 'b c _') ; einops.parse_shape(t(2, 3, 4), 'b ... c') ; einops.parse_shape(t(2, 3), 'a b c') ; x, ps = einops.pack([t(2, 3), t(2, 4)], 'b *')\neinops.unpack(x, ps, 'b *') ; einops.pack([t(2, 3, 4)], '* d')[1][0] ; einops.parse_shape(t(2, 1), 'a 1')
einops.layers.torch.Rearrange('b c h -> b (c h)').pattern ; einops.layers.torch.Rearrange('b (c h) -> b c h', c=2)(t(3, 8)) ; einops.layers.torch.Reduce('b c h -> b c', 'mean')(t(2, 3, 4)) ; einops.layers.torch.Rearrange('a b -> a c') ; list(einops.layers.torch.EinMix('b t c -> b t d', weight_shape='c d', bias_shape='d', c=3, d=4).state_dict().items()) ; einops.layers.torch.EinMix('b t c -> b t d', weight_shape='c d', bias_shape='d', c=3, d=4)(t(2, 5, 3))
einops.layers.torch.EinMix('b (h c) -> b (h d)', weight_shape='h c d', h=2, c=3, d=4)(t(5, 6)) ; einops.layers.torch.EinMix('b ... c -> b ... d', weight_shape='c d', c=3, d=4)(t(2, 5, 3)) ; einops.layers.torch.EinMix('b c -> b d', weight_shape='c d', c=3) ; nn.Sequential(einops.layers.torch.Rearrange('b c -> c b'))(t(2, 3)) ; einops.asnumpy(t(2, 3)).shape ; isinstance(einops.EinopsError('x'), RuntimeError) ; list(einops.layers.torch.EinMix('b t c -> b t c', weight_shape='t c', bias_shape='c', c=3, t=4).state_dict().items())
"""


def cases(text, call):
    return [call % case.strip().replace("\\n", "\n") for line in text.strip().split("\n") for case in line.split(" ; ")]


@pytest.mark.parametrize("case", cases(REARRANGE, "einops.rearrange(%s)") + cases(REPEAT, "einops.repeat(%s)") + cases(REDUCE, "einops.reduce(%s)")
                         + cases(EINSUM, "einops.einsum(%s)") + cases(OTHER, "%s"))
def test_agrees(agree, case):
    agree(case)
