"""Modules that code finds without naming their attribute: by a walk, by what they have, by what their class is called."""

import pytest
from optimize_programs import HEAD

ACT = HEAD + """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.Softmax(dim=-1)

    def forward(self, x):
        return self.act(x)


def make():
    net = Net()
    {walk}
    return net
"""
WALK = "for m in net.modules():\n        "


@pytest.mark.parametrize("walk", [
    WALK + "if isinstance(m, nn.Softmax):\n            m.dim = 1",
    WALK + "if hasattr(m, 'dim'):\n            m.dim = 1",
    WALK + "if isinstance(m, nn.Softmax):\n            m.forward = torch.exp",
    "for name, m in net.named_children():\n        if isinstance(m, nn.Softmax):\n            setattr(net, name, nn.Softmax(1))",
    "getattr(net, 'act').dim = 1",
    "net.get_submodule('act').dim = 1",
    "net._modules['act'] = nn.Softmax(1)",
    "net = torch.jit.script(net)",
    "for name, m in net.named_children():\n        net.add_module(name, nn.Softmax(1))",
    "new = nn.Softmax(1)\n    new = net.act\n    new.dim = 1",
    "new = nn.Softmax(1)\n    for m in net.modules():\n        new.dim = 1\n        new = m",
])
def test_a_module_that_may_be_changed_is_still_called(optimize, walk):
    text = ACT.format(walk=walk)
    findings, new = optimize(text, "adopter/softmax", "--unsafe")
    assert new == text and {f["status"] for f in findings} == {"refused"}


@pytest.mark.parametrize("walk", [
    "pass",
    "net.kind = 'act' == 'act'",
    "net.apply(print)",
    WALK + "if isinstance(m, nn.Linear):\n            m.bias.data.zero_()",
    WALK + "if isinstance(m, nn.Dropout):\n            m.p = 0.2",
    "new = nn.Softmax(1)\n    new.dim = 0\n    net.other = new",
    "new = nn.LayerNorm(8)\n    new.weight = None",
])
def test_what_concerns_other_modules_does_not_count(optimize, walk):
    findings, new = optimize(ACT.format(walk=walk), "adopter/softmax", "--unsafe")
    assert {f["status"] for f in findings} == {"applied"} and "self.act(x)" not in new


LINEAR = HEAD + """KINDS = (nn.Linear, nn.Conv2d)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.main = nn.Sequential(nn.Linear(8, 8), nn.GELU())

    def forward(self, x):
        return self.main(x)


def init(m):
    {body}


def make():
    return Net().apply(init)
"""
FILL = "m.bias.data.fill_(1)"

REBUILD = ACT.split("def make")[0] + """def convert(m):
    new = m
    {first}
    for name, child in m.named_children():
        new.add_module(name, convert(child))
    return new


net = convert(Net())
"""


@pytest.mark.parametrize("first,applied", [
    ("if isinstance(m, nn.BatchNorm2d):\n        new = nn.SyncBatchNorm(m.num_features)\n        new.weight = m.weight", True),
    ("if isinstance(m, nn.Softmax):\n        new = nn.Softmax(1)", False),
    ("if isinstance(m, nn.BatchNorm2d):\n        pass\n    else:\n        new = nn.Softmax(1)", False),
    ("new = nn.Softmax(1) if not list(m.children()) else m", False),
    ("if not list(m.children()):\n        return nn.Softmax(1)", False),
    ("if not list(m.children()):\n        m = nn.Softmax(1)\n        return m", False),
])
def test_a_network_that_is_rebuilt(optimize, first, applied):
    text = REBUILD.format(first=first)
    findings, new = optimize(text, "adopter/softmax", "--unsafe")
    assert {f["status"] for f in findings} == {"applied" if applied else "refused"} and (new == text) != applied


@pytest.mark.parametrize("body,applied", [
    ("if isinstance(m, KINDS):\n        " + FILL, False),
    ("if isinstance(m, nn.Conv2d):\n        " + FILL, True),
    ("if not isinstance(m, nn.Linear):\n        return\n    " + FILL, False),
    ("if not isinstance(m, nn.Conv2d):\n        return\n    " + FILL, True),
    ("if issubclass(m.__class__, nn.Linear):\n        " + FILL, False),
    ("if m._get_name() == 'Linear':\n        " + FILL, False),
    ("if 'linear' in type(m).__name__.lower():\n        " + FILL, False),
    ("if m.__class__.__name__.find('Linear') != -1:\n        " + FILL, False),
    ("if m.__class__.__name__.find('Conv') != -1:\n        " + FILL, True),
    ("{nn.Linear: print}.get(type(m), id)(m)", False),
    ("match m:\n        case nn.Linear():\n            " + FILL, False),
    ("for key, value in {'bias': None}.items():\n        setattr(m, key, value)", False),
    ("m.__dict__.update(training=True)", False),
    ("if hasattr(m, 'in_features'):\n        m.bias = None", False),
    ("if isinstance(m, nn.GELU):\n        m.approximate = 'tanh'", False),
    ("if isinstance(m, nn.Linear):\n        nn.init.ones_(m.weight)", True),
])
def test_layers_of_a_sequential_that_a_function_changes(optimize, body, applied):
    text = LINEAR.format(body=body)
    findings, new = optimize(text, "adopter/linear-gelu", "--unsafe")
    assert {f["status"] for f in findings} == {"applied" if applied else "refused"} and (new == text) != applied


@pytest.mark.parametrize("kind", ["Conv", "BatchNorm"])
def test_weights_that_are_set_by_the_name_of_a_class(optimize, kind):
    text = HEAD + f"""class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(4, 8, 3)
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        return self.bn(self.conv(x))


def weights_init(m):
    classname = m.__class__.__name__
    if classname.find("{kind}") != -1:
        nn.init.normal_(m.weight.data, 0.0, 0.02)
"""
    findings, new = optimize(text, "adopter/conv-batchnorm", "--unsafe")
    assert new == text and [f["status"] for f in findings] == ["refused"]


def test_names_that_locals_reads_stay(optimize):
    text = HEAD + """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        h = self.drop(x * 2)
        y = self.norm(h + x)
        return y + locals()["h"]
"""
    findings, new = optimize(text, "adopter/dropout-add-layernorm", "--unsafe")
    assert new == text and [f["reason"] for f in findings] == ["NW0406"]
