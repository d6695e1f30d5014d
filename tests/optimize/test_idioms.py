"""How layers are made and kept in ordinary Python: what is still one pair of layers, and what keeps them from being replaced."""

import textwrap

import pytest
from optimize_programs import HEAD, module

CLASS = '''class Net(nn.Module):
    def __init__(self, cin, cout, n=2, last="norm"):
        super().__init__()
{init}

    def forward(self, x):
{forward}
'''
PAIR = 'self.conv = nn.Conv2d(cin, cout, 3)\nself.bn = nn.BatchNorm2d(cout)'
CALLS = "return self.bn(self.conv(x))"


def program(init, forward, before="", after=""):
    body = CLASS.format(init=textwrap.indent(init, " " * 8), forward=textwrap.indent(forward, " " * 8))
    return HEAD + before + body + after


def statuses(optimize, text):
    findings, new = optimize(text, "adopter/conv-batchnorm", "--unsafe")
    return [f["status"] for f in findings], new


ATTRIBUTES = [
    ("self.conv, self.bn = nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout)", CALLS),
    ("self.conv, self.act, self.bn = nn.Conv2d(cin, cout, 3), nn.ReLU(), nn.BatchNorm2d(cout)", "return self.act(self.bn(self.conv(x)))"),
    ("self.conv: nn.Module = nn.Conv2d(cin, cout, 3)\nself.bn: nn.Module = nn.BatchNorm2d(cout)", CALLS),
    ('self.add_module("conv", nn.Conv2d(cin, cout, 3))\nself.add_module("bn", nn.BatchNorm2d(cout))', CALLS),
    ('setattr(self, "conv", nn.Conv2d(cin, cout, 3))\nsetattr(self, "bn", nn.BatchNorm2d(cout))', CALLS),
    (PAIR, "norm = self.bn\nx = norm(self.conv(x))\nreturn x"),
    (PAIR, "y = self.bn(h := self.conv(x))\nreturn y"),
    (PAIR + '\nfor i in range(n):\n    setattr(self, f"block{i}", nn.Identity())', CALLS),
]


@pytest.mark.parametrize("init,forward", ATTRIBUTES)
def test_layers_that_are_attributes(optimize, init, forward):
    found, new = statuses(optimize, program(init, forward))
    assert found == ["applied"]
    assert "self.conv_batchnorm = FusedConv2dBatchNorm2d(cin, cout, 3)\n" in new
    assert "nn.Conv2d" not in new and "nn.BatchNorm2d" not in new and ("nn.ReLU()" in new) == ("nn.ReLU()" in init)


def test_layers_that_a_method_of_a_base_makes(optimize):
    base = "class Layers:\n    def make(self, cin, cout):\n        self.conv = nn.Conv2d(cin, cout, 3)\n        self.bn = nn.BatchNorm2d(cout)\n\n\n"
    text = program("self.make(cin, cout)", CALLS, base).replace("class Net(nn.Module)", "class Net(Layers, nn.Module)")
    assert statuses(optimize, text)[0] == ["applied"]


USED_ELSEWHERE = [
    (PAIR + "\nsetattr(self, last, nn.Identity())", CALLS),
    (PAIR.replace("bn", "bn1") + '\nfor i in range(n):\n    setattr(self, f"bn{i}", nn.Identity())', CALLS.replace("bn", "bn1")),
    (PAIR.replace("bn", "bn1"), CALLS.replace("bn", "bn1") + ' + getattr(self, "bn%d" % self.n)(x)'),
    (PAIR, "y = self.bn(self.conv(x))\nfor m in self._modules.values():\n    y = m(y)\nreturn y"),
    (PAIR, "first, *rest = self.children()\nreturn self.bn(self.conv(x)) + first(x)"),
    (PAIR, "return self.bn(self.conv(x)) + [getattr(self, name) for name in self.names][0](x)"),
    (PAIR, "parts = dict(self.named_modules())\nreturn self.bn(self.conv(x)) + sum(m(x) for m in parts.values())"),
    (PAIR, "y = self.bn(h := self.conv(x))\nreturn y + h"),
    (PAIR, "norm = self.bn\nx = norm(self.conv(x))\nreturn norm(x)"),
    ("self.conv = self.other = nn.Conv2d(cin, cout, 3)\nself.bn = nn.BatchNorm2d(cout)", CALLS),
]


@pytest.mark.parametrize("init,forward", USED_ELSEWHERE)
def test_layers_that_other_code_may_reach(optimize, init, forward):
    text = program(init, forward)
    found, new = statuses(optimize, text)
    assert new == text and set(found) <= {"refused"}


SEQUENCES = [
    "self.net = nn.Sequential(*[nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout)])",
    "layers = [nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout), nn.ReLU()]\nself.net = nn.Sequential(*layers)",
    "layers = []\nlayers.append(nn.Conv2d(cin, cout, 3))\nlayers.append(nn.BatchNorm2d(cout))\nself.net = nn.Sequential(*layers)",
    "layers = []\nlayers += [nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout)]\nself.net = nn.Sequential(*layers, nn.ReLU())",
    'self.net = nn.Sequential()\nself.net.add_module("c", nn.Conv2d(cin, cout, 3))\nself.net.add_module("b", nn.BatchNorm2d(cout))',
    "inner = nn.Sequential(nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout))\nself.net = nn.Sequential(inner, nn.ReLU()).eval()",
    "self.net = nn.ModuleList([nn.Sequential(nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout))])[0]",
]


@pytest.mark.parametrize("init", SEQUENCES)
def test_layers_that_a_container_holds(optimize, init):
    found, new = statuses(optimize, program(init, "return self.net(x)"))
    assert found == ["applied"]
    assert "FusedConv2dBatchNorm2d(cin, cout, 3)" in new and "nn.Identity()" in new and "nn.BatchNorm2d" not in new


FACTORY = "def block(cin, cout):\n    return nn.Sequential(nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout), nn.ReLU())\n\n\n"
SUBCLASS = """class Block(nn.Sequential):
    def __init__(self, cin, cout):
        super().__init__(nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout))
        self.width = cout


"""


@pytest.mark.parametrize("before,init,forward", [
    (FACTORY, "self.a = block(cin, cout)", "return self.a(x)"),
    (FACTORY, "self.blocks = nn.ModuleList([block(cin, cin), block(cin, cin)])", "for block in self.blocks:\n    x = block(x)\nreturn x"),
    (SUBCLASS, "self.a = Block(cin, cout)", "return self.a(x)"),
    (SUBCLASS, "self.a = Block(cin, cout) if last else None", "if self.a is not None:\n    x = self.a(x)\nreturn x"),
])
def test_containers_that_are_made_elsewhere(optimize, before, init, forward):
    found, new = statuses(optimize, program(init, forward, before))
    assert found == ["applied"] and "FusedConv2dBatchNorm2d(cin, cout, 3)" in new


@pytest.mark.parametrize("before,init,forward", [
    (FACTORY, "self.a = block(cin, cout)", "return self.a[0](x)"),
    (FACTORY, "self.a = block(cin, cout)", "for layer in self.a:\n    x = layer(x)\nreturn x + self.a(x)"),
    (FACTORY, "self.a = block(cin, cout)\nself.first = self.a[0]", "return self.a(x)"),
    (FACTORY, "self.blocks = nn.ModuleList([block(cin, cin), block(cin, cin)])", "for block in self.blocks:\n    x = block(x) + block[0](x)\nreturn x"),
    (FACTORY, "a = block(cin, cout)\nself.b = nn.Sequential(*list(a)[:1])\nself.a = a", "return self.a(x) + self.b(x)"),
    (SUBCLASS + "class Outer(Block):\n    pass\n\n\n", "self.a = Block(cin, cout)", "return self.a(x)"),
    (SUBCLASS.replace("self.width = cout", "self.first = self[0]"), "self.a = Block(cin, cout)", "return self.a(x)"),
    ("", "layers = [nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout)]\nself.first = layers[0]\nself.net = nn.Sequential(*layers)", "return self.net(x)"),
    ("", "layers = [nn.Conv2d(cin, cout, 3), nn.BatchNorm2d(cout)]\nlayers.insert(1, nn.ReLU())\nself.net = nn.Sequential(*layers)", "return self.net(x)"),
    ("", "layers = []\nlayers.append(nn.Conv2d(cin, cout, 3))\nif n:\n    layers.append(nn.BatchNorm2d(cout))\nself.net = nn.Sequential(*layers)", "return self.net(x)"),
])
def test_containers_whose_layers_are_used(optimize, before, init, forward):
    text = program(init, forward, before)
    found, new = statuses(optimize, text)
    assert new == text and set(found) <= {"refused"}


ATTENTION = """attn = (x @ y.transpose(-2, -1)).softmax(dim=-1)
attn = self.drop(attn)
return attn @ y"""


@pytest.mark.parametrize("after", ["", "\n    def watch(self, seen):\n        self.drop.register_forward_hook(lambda m, i, o: seen.append(o))\n",
                                   "\n    def freeze(self):\n        self.drop = nn.Identity()\n"])
def test_a_dropout_that_is_no_longer_called(optimize, after):
    text = program("self.drop = nn.Dropout(0.1)", ATTENTION.replace("y", "x"), after=after)
    findings, new = optimize(text, "torch/sdpa", "--unsafe")
    assert [f["status"] for f in findings] == (["refused"] if after else ["applied"])
    assert (new == text) == bool(after)


HEADS = """b, t, c = x.shape
q, k, v = (p.view(b, t, self.heads, -1).transpose(1, 2) for p in (self.q(x), self.k(x), self.v(x)))
w = (q @ k.transpose(-2, -1)) {scale}
{mask}
return (w.softmax(-1) @ v).transpose(1, 2).flatten(2)"""
PROJECTIONS = """self.heads = rate
self.q = nn.Linear(width, width)
self.k = nn.Linear(width, width)
self.v = nn.Linear(width, width)
self.table = nn.Parameter(torch.zeros(9, 9))
self.register_buffer("tril", torch.tril(torch.ones(16, 16)).view(1, 1, 16, 16))"""
HIDE = "hide = torch.ones(t, t, dtype=torch.bool, device=x.device).triu(1)\n"


@pytest.mark.parametrize("scale,mask,safe", [
    ("* (c // self.heads) ** -0.5", "", True),
    ("/ (c / self.heads) ** 0.5", "", True),
    ("/ torch.sqrt(torch.tensor(q.size(-1), dtype=q.dtype))", "", True),
    ("* self.table", "", False),
    ("* 0.5", HIDE + "w = w.masked_fill(hide, float('-inf'))", True),
    ("* 0.5", HIDE + "w.masked_fill_(hide, float('-inf'))", True),
    ("* 0.5", "w = w.masked_fill(self.tril[:, :, :t, :t] == 0, float('-inf'))", True),
    ("* 0.5", "w = w.masked_fill(self.tril[:, :, :t, :t] == 1, float('-inf'))", False),
    ("* 0.5", HIDE.replace("1)", "0)") + "w = w.masked_fill(hide, float('-inf'))", False),
    ("* 0.5 + y", HIDE + "w = w.masked_fill(hide, float('-inf'))", False),
])
def test_scales_and_causal_masks_of_attention(optimize, scale, mask, safe):
    text = module(HEADS.format(scale=scale, mask=mask), PROJECTIONS)
    findings, new = optimize(text, "torch/sdpa")
    assert ("scaled_dot_product_attention" in new) == safe, findings


BLOCK = """class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3)
        self.bn = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.bn(self.conv(x))


"""
GROWN = "self.blocks = nn.ModuleList()\nfor i in range(n):\n    self.blocks.append(Block(cin, cout))"


@pytest.mark.parametrize("init,forward,applied", [
    (GROWN, "for block in self.blocks:\n    x = block(x)\nreturn x", True),
    ("self.blocks = nn.ModuleList(Block(cin, cout) for _ in range(n))", "for i, block in enumerate(self.blocks):\n    x = block(x) + i\nreturn x", True),
    ("blocks = [Block(cin, cout) for _ in range(n)]\nself.blocks = nn.Sequential(*blocks)", "return self.blocks(x)", True),
    (GROWN, "for block in self.blocks:\n    x = block(x) * block.bn.weight.mean()\nreturn x", False),
    (GROWN, "for block in self.blocks:\n    x = block(x)\nreturn self.blocks[-1].bn(x)", False),
])
def test_layers_of_blocks_that_a_loop_makes(optimize, init, forward, applied):
    text = program(init, forward, BLOCK)
    found, new = statuses(optimize, text)
    assert set(found) == {"applied" if applied else "refused"} and (new == text) != applied
