"""Rewrites of small programs: what is applied, what is refused and why, and that the text around it stays as it is."""

import pytest
from optimize_programs import DROPOUT, HEAD, module

APPLIED = [
    ("torch/gelu", "return 0.5 * x * (1 + torch.erf(x / 1.4142135623730951))", "return F.gelu(x)"),
    ("torch/gelu", "gate = 1 + torch.erf(x * 0.7071067811865476)\nreturn x * gate / 2", "return F.gelu(x)"),
    ("torch/gelu", "return 0.5 * x * torch.erfc(-x / 1.4142135623730951)", "return F.gelu(x)"),
    ("torch/gelu", "return x / 2 * (1 + torch.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))", 'return F.gelu(x, approximate="tanh")'),
    ("torch/rms-norm", "return x * torch.rsqrt(x.to(torch.float32).pow(2).mean(-1, keepdim=True) + 1e-6)",
     "return F.rms_norm(x, (x.shape[-1],), eps=1e-6)"),
    ("torch/rms-norm", "return x * (x.square().mean(-1, keepdim=True) + 1e-6) ** -0.5", "return F.rms_norm(x, (x.shape[-1],), eps=1e-6)"),
    ("torch/layer-norm", "u = x.mean(-1, True)\ns = (x - u).pow(2).mean(-1, True)\nreturn (x - u) / (s + 1e-12) ** 0.5",
     "return F.layer_norm(x, (x.shape[-1],), eps=1e-12)"),
    ("torch/layer-norm", "var, mean = torch.var_mean(x, dim=-1, unbiased=False, keepdim=True)\nreturn (x - mean) / torch.sqrt(var + 1e-5)",
     "return F.layer_norm(x, (x.shape[-1],), eps=1e-5)"),
    ("adopter/softmax", "options = {'dim': -1}\nreturn F.softmax(x, **options)", "options = {'dim': -1}\n        return softmax(x)"),
    ("torch/silu", "return y + torch.sigmoid(x) * x", "return y + F.silu(x)"),
    ("torch/softmax", "e = torch.exp(x)\nreturn e / e.sum(-1, keepdim=True)", "return torch.softmax(x, dim=-1)"),
    ("torch/cross-entropy", "return F.nll_loss(F.log_softmax(x, dim=1), y)", "return F.cross_entropy(x, y)"),
    ("torch/dead-kernels", "return torch.ger(x, y) + x.ger(y)", "return torch.outer(x, y) + torch.outer(x, y)"),
    ("torch/dead-kernels", "return torch.slogdet(x)[1]", "return torch.linalg.slogdet(x)[1]"),
    ("adopter/softmax", "return F.softmax(x, dim=-1) @ y", "return softmax(x) @ y"),
    ("adopter/softmax", "return x.softmax(-1)", "return softmax(x)"),
    ("adopter/softmax", "return nn.Softmax(dim=-1)(x) @ y", "return softmax(x) @ y"),
]


@pytest.mark.parametrize("rule,before,after", APPLIED)
def test_applied(optimize, rule, before, after):
    findings, text = optimize(module(before), rule, "--unsafe")
    assert {f["status"] for f in findings} == {"applied"}
    body = text[text.index("def forward"):]
    assert body == "def forward(self, x, y):\n        " + after + "\n"


@pytest.mark.parametrize(("rule", "norm"), [
    ("torch/layer-norm", "m = x.mean(-1, True)\ny = (x - m) / (((x - m) ** 2).mean(-1, True) + 1e-5).sqrt()\n"),
    ("torch/rms-norm", "y = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)\n"),
    ("torch/softmax", "e = torch.exp(x)\ny = e / e.sum(-1, keepdim=True)\n"),
])
def test_a_result_is_laid_out_as_its_operand(optimize, rule, norm):
    for how, status in (("permute(0, 2, 1).view(2, -1)", "refused"), ("permute(0, 2, 1).reshape(2, -1)", "refused"), ("permute(0, 2, 1)", "refused"), ("matmul(w)", "applied")):
        program = module("w = torch.ones(5, 5)\nx = x.permute(0, 2, 1) * 2\n" + norm + "return y." + how)
        findings, _ = optimize(program, rule)
        assert [f["status"] for f in findings] == [status], how
    assert [f["status"] for f in optimize(module(norm + "return y"), rule)[0]] == ["applied"]


def test_a_function_without_a_def(optimize):
    program = "import math\nimport torch\nfrom torch import nn\nimport torch.nn.functional as F\n\nact = lambda t: 0.5 * t * (1 + torch.erf(t / math.sqrt(2)))\n"
    for rest in ("", "\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return act(x)\n"):
        findings, text = optimize(program + rest, "torch/gelu")
        assert [f["status"] for f in findings] == ["applied"] and "act = lambda t: F.gelu(t)\n" in text


def test_modules_whose_class_takes_no_arguments(optimize):
    program = module("y = x * self.act(x)\nreturn y", "self.act = nn.Sigmoid()")
    findings, text = optimize(program, "torch/silu")
    assert [f["status"] for f in findings] == ["applied"]
    assert "y = F.silu(x)" in text and "self.act = nn.Sigmoid()" in text
    assert optimize(program.replace("nn.Sigmoid()", "nn.Sigmoid(*y)"), "torch/silu")[0] == []


REFUSED = [
    ("torch/gelu", "gate = 1 + torch.erf(x / 1.4142135623730951)\nreturn 0.5 * x * gate, gate", "NW0403"),
    ("torch/gelu", "gate = 1 + torch.erf(x / 1.4142135623730951)\nx.mul_(2)\nreturn 0.5 * x * gate", "NW0405"),
    ("torch/gelu", "return x * torch.sigmoid(1.702 * x)", None),
    ("torch/gelu", "return 0.5 * x * (1 + torch.erf(y / 1.4142135623730951))", None),
    ("adopter/softmax", "return torch.softmax(x, dim=1)", "NW0401"),
    ("adopter/softmax", "return torch.softmax(x, dim=-1, dtype=torch.float32)", "NW0401"),
    ("adopter/softmax", "return F.softmax(x, **{'dim': -1, 'dtype': torch.float64})", "NW0401"),
    ("torch/layer-norm", "var, mean = torch.var_mean(x, -1, unbiased=False, keepdim=True)\nreturn (x - mean) / torch.sqrt(var + 1e-5) + mean", "NW0403"),
    ("torch/layer-norm", "mean, var = torch.var_mean(x, -1, unbiased=False, keepdim=True)\nreturn (x - mean) / torch.sqrt(var + 1e-5)", None),
    ("torch/layer-norm", "var, mean = torch.var_mean(x, -1, keepdim=True)\nreturn (x - mean) / torch.sqrt(var + 1e-5)", None),
    ("torch/softmax", "return torch.exp(x) / torch.exp(y).sum(-1, keepdim=True)", None),
    ("torch/softmax", "e = x.exp()\nif y is None:\n    e = e + 1\nreturn e / e.sum(-1, keepdim=True)", None),
]


@pytest.mark.parametrize("rule,body,reason", REFUSED)
def test_refused(optimize, rule, body, reason):
    program = module(body)
    findings, text = optimize(program, rule, "--unsafe")
    assert text == program
    assert all(f["status"] == "refused" for f in findings)
    if reason:
        assert [f["reason"] for f in findings] == [reason]




def test_modules_are_replaced_together(optimize):
    findings, text = optimize(module("x = self.drop(x)\nreturn self.norm(x + y)", DROPOUT), "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"]
    assert "self.dropout_add_layernorm = FusedDropoutAddLayerNorm(width, rate, eps=1e-6)\n" in text
    assert text.endswith("        return self.dropout_add_layernorm(x, y)\n")
    assert "self.drop =" not in text and "self.norm =" not in text


@pytest.mark.parametrize("body", [
    "h = self.drop(x)\nreturn self.norm(h + y) + h",
    "h = self.drop(x)\nself.drop.p = 0.5\nreturn self.norm(h + y)",
    "h = self.drop(x)\nreturn self.norm(h + y) + self.drop(y)",
    "h = self.drop(x)\nif width:\n    h = self.norm(h + y)\nreturn h",
])
def test_modules_that_are_used_elsewhere_stay(optimize, body):
    program = module(body, DROPOUT)
    findings, text = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert text == program
    assert all(f["status"] == "refused" and f["reason"] for f in findings)


def test_a_package_that_is_imported_twice_is_one_package(optimize):
    program = module("return torch.softmax(x, dim=-1)").replace("import torch\n", "import torch\nimport torch.utils.checkpoint\n", 1)
    assert optimize(program, "adopter/softmax", "--unsafe")[1].endswith("return softmax(x)\n")
    program = program.replace("import torch.utils.checkpoint\n", "import numpy as torch\n")
    assert optimize(program, "adopter/softmax", "--unsafe")[1] == program


def test_methods_that_wait_are_there_for_whoever_looks_at_all_of_them(optimize):
    """The catalog's methods are made when somebody asks for them."""
    body = """methods = torch.Tensor.__dict__
if methods["softmax"] is torch.softmax and isinstance(methods["nbytes"], property) and "cumsum" in dir(x):
    return torch.softmax(x, dim=-1)
return x"""
    findings, text = optimize(module(body), "adopter/softmax", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"] and findings[0]["guard"] is None


FUNCTIONAL = "h = F.dropout(x, p=self.rate, training=self.training)\nreturn self.norm(h + y)"


@pytest.mark.parametrize("init,made", [
    ("self.rate = rate / 2\nself.norm = nn.LayerNorm(width)", "FusedDropoutAddLayerNorm(width, self.rate)"),
    ("self.norm = nn.LayerNorm(width)\nself.rate = width.rate", "FusedDropoutAddLayerNorm(width, width.rate)"),
    ("self.config = width\nself.norm = nn.LayerNorm(width)\nself.rate = rate", "FusedDropoutAddLayerNorm(width, rate)"),
    ("self.rate = rate\nif width:\n    self.norm = nn.LayerNorm(width)", "FusedDropoutAddLayerNorm(width, self.rate)"),
])
def test_a_rate_of_forward_is_written_in_the_constructor(optimize, init, made):
    findings, text = optimize(module(FUNCTIONAL, init), "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"]
    assert f"self.dropout_add_layernorm = {made}\n" in text and "nn.LayerNorm" not in text


@pytest.mark.parametrize("init", [
    "self.norm = nn.LayerNorm(width)\nself.rate = rate / 2",
    "self.rate = rate\nself.norm = nn.LayerNorm(width)\nself.rate = width",
    "self.norm = nn.LayerNorm(width)\nrate = rate / 2\nself.rate = rate",
    "self.norm = nn.LayerNorm(width)\nif width:\n    self.rate = rate",
    "self.rate = rate\nself.norm = nn.LayerNorm(width)\nsetattr(self, 'rate', width)",
    "for _ in range(2):\n    self.rate = rate\n    self.norm = nn.LayerNorm(width)",
])
def test_a_rate_that_is_not_settled_is_refused(optimize, init):
    program = module(FUNCTIONAL, init)
    findings, text = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert text == program and [f["status"] for f in findings] == ["refused"]


def test_what_has_the_name_of_a_module_but_is_none(optimize):
    program = module("return self.dropout(x)", "self.dropout = nn.Dropout(rate)").replace("Net", "Other")
    init = "self.dropout = nn.Dropout(rate)\nself.norm = nn.LayerNorm(width.config.dropout)"
    body = "y = torch.nn.functional.dropout(y, training=False)\nh = self.dropout(x)\nreturn self.norm(h + y)"
    program += module(body, init)[len(HEAD):]
    findings, _ = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"]


def test_a_reason_speaks_of_the_source(optimize):
    findings, _ = optimize(module("h = self.drop(x)\nself.drop.p = 0.5\n"
        "return self.norm(h + y)", DROPOUT), "adopter/dropout-add-layernorm", "--unsafe")
    assert "`self.drop` is used in line 14" in findings[0]["message"]


def test_a_parameter_that_is_called_is_no_tensor(optimize):
    program = module("return self.norm(x + self.drop(y(x)))", "self.drop = nn.Dropout(rate)\nself.norm = nn.LayerNorm(width)")
    findings, text = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"] and text.endswith("return self.dropout_add_layernorm(y(x), x)\n")


def test_an_addition_in_place_to_an_annotated_name(optimize):
    body = "h: torch.Tensor = self.drop(x * 2)\nh += y\nreturn self.norm(h)"
    program = module(body, "self.drop = nn.Dropout(rate)\nself.norm = nn.LayerNorm(width)")
    assert optimize(program, "adopter/dropout-add-layernorm", "--unsafe")[1].endswith("return self.dropout_add_layernorm(x * 2, y)\n")


def test_unsafe_rewrites_are_asked_for(optimize):
    program = module("return self.norm(self.drop(x) + y)", DROPOUT)
    findings, text = optimize(program, "adopter/dropout-add-layernorm")
    assert text == program
    assert [(f["status"], f["reason"]) for f in findings] == [("refused", "NW0407")]


def test_line_ends_and_comments(optimize):
    program = module("return x.softmax(-1)  # over the keys").replace("\n", "\r\n")
    _, text = optimize(program, "adopter/softmax")
    assert "return softmax(x)  # over the keys\r\n" in text
    assert text.count("\n") == text.count("\r\n")


def test_an_unknown_activation_is_refused(optimize):
    init = "self.dense = nn.Linear(width, width)\nself.act = width.act"
    program = module("return self.act(self.dense(x))", init)
    findings, text = optimize(program, "adopter/linear-gelu", "--unsafe")
    assert text == program
    assert [(f["status"], f["reason"]) for f in findings] == [("refused", "NW0409")]


def test_a_second_run_finds_nothing(optimize):
    _, text = optimize(module(APPLIED[0][1]), "torch")
    findings, again = optimize(text, "torch")
    assert again == text and not [f for f in findings if f["status"] == "applied"]


ACTIVATION = """class GELUActivation(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = F.gelu

    def forward(self, input):
        return self.act(input)


gelu = GELUActivation()


"""


def with_activation(body, init, activation=ACTIVATION):
    return HEAD + activation + module(body, init)[len(HEAD):]


@pytest.mark.parametrize("body,init", [
    ("return self.act(self.dense(x))", "self.act = GELUActivation()"),
    ("return gelu(self.dense(x))", ""),
])
def test_a_module_that_applies_one_operator_is_that_operator(optimize, body, init):
    findings, text = optimize(with_activation(body, "self.dense = nn.Linear(width, width)\n" + init), "adopter/linear-gelu", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"] and "return self.bias_gelu(self.dense(x))" in text


@pytest.mark.parametrize("activation", [
    ACTIVATION.replace("return self.act(input)", "return self.act(input) * 2"),
    ACTIVATION.replace("return self.act(input)", "return self.act(input * 2)"),
    ACTIVATION.replace("return self.act(input)", "self.calls = 1\n        return self.act(input)"),
    ACTIVATION.replace("F.gelu", "F.relu"),
    ACTIVATION.replace("self.act(input)", "F.gelu(input, approximate='tanh')"),
])
def test_a_module_that_does_more_is_not(optimize, activation):
    program = with_activation("return self.act(self.dense(x))", "self.dense = nn.Linear(width, width)\n"
        "self.act = GELUActivation()", activation)
    findings, text = optimize(program, "adopter/linear-gelu", "--unsafe")
    assert text == program and all(f["status"] == "refused" for f in findings)


NEAR = [  # what a rule is about, in a form that it cannot prove
    ("adopter/dropout-add-layernorm", "return self.norm(self.drop(x) + y)", "self.drop = width.drop\nself.norm = nn.LayerNorm(width)"),
    ("adopter/dropout-add-layernorm", "return self.norm(self.drop(x) + y)", "self.drop = nn.Dropout(rate)\n"
        "self.norm = width.norms[rate](width)"),
    ("adopter/dropout-add-layernorm", "h = self.drop(x) + y\nif width:\n    h = h * 2\nreturn self.norm(h)", DROPOUT),
    ("adopter/conv-batchnorm", "return self.norm(self.conv(x))",
     "self.conv = nn.Conv2d(3, width, 3)\nself.norm = nn.BatchNorm2d(width) if rate else nn.Identity()"),
    ("adopter/qkv", "return self.q(x), self.k(x), self.v(y)", "self.q = nn.Linear(width, 8)\nself.k = nn.Linear(width, 8)\n"
        "self.v = nn.Linear(rate, 8)"),
    ("adopter/softmax", "(x * 1).nothing()\nreturn torch.softmax(x, dim=-1)", ""),
    ("adopter/softmax", "(x * 1).nothing()\nreturn nn.Softmax(dim=-1)(x)", ""),
]


@pytest.mark.parametrize("rule,body,init", NEAR)
def test_near_misses_are_told(optimize, rule, body, init):
    program = module(body, init)
    findings, text = optimize(program, rule, "--unsafe")
    assert text == program
    assert findings and all(f["status"] == "refused" and f["message"] for f in findings)


def test_modules_of_other_objects_are_other_modules(optimize):
    other = module("return self.drop(x)", DROPOUT).replace("Net", "Inner")
    outer = module("return self.inner.drop(x)", "self.inner = Inner(width)\n"
        "self.inner.norm = nn.Identity()").replace("Net", "Outer")[len(HEAD):]
    program = other + "\n\n" + outer + "\n\n" + module("return self.norm(self.drop(x) + y)", DROPOUT)[len(HEAD):]
    findings, _ = optimize(program, "adopter/dropout-add-layernorm", "--unsafe")
    assert [(f["class"], f["status"]) for f in findings] == [("Net", "applied")]
    findings, _ = optimize(program.replace("Inner(width)", "Net(width)"), "adopter/dropout-add-layernorm", "--unsafe")
    assert [f["status"] for f in findings] == ["refused"]


SEQUENTIAL = """self.net = nn.Sequential(
    nn.Conv2d(3, width, 3, padding=1),  # wide
    nn.BatchNorm2d(width, eps=1e-3),
    nn.ReLU(),
    nn.Conv2d(width, 1, 1),
)"""


def test_neighbours_in_a_sequential(optimize):
    findings, text = optimize(module("return self.net(x)", SEQUENTIAL), "adopter/conv-batchnorm", "--unsafe")
    assert [(f["status"], f["line"], f["end_line"], f["function"]) for f in findings] == [("applied", 10, 11, "__init__")]
    assert "FusedConv2dBatchNorm2d(3, width, 3, padding=1, eps=1e-3),  # wide\n" in text
    assert "nn.Identity(),\n            nn.ReLU()," in text


@pytest.mark.parametrize("body,init", [
    ("return self.net[0](x)", SEQUENTIAL),
    ("for layer in self.net:\n    x = layer(x)\nreturn x", SEQUENTIAL),
    ("return self.net(x)", SEQUENTIAL + "\nnn.init.zeros_(self.net[0].weight)"),
    ("return self.net(x)", "self.tied = ['net.0.weight']\n" + SEQUENTIAL),
    ("return self.net(x)", SEQUENTIAL.replace("    nn.BatchNorm", "    width.pop() or nn.BatchNorm")),
    ("return self.net(x)", SEQUENTIAL.replace("BatchNorm2d(width", "BatchNorm2d(width.pop()")),
])
def test_a_sequential_that_is_used_otherwise_stays(optimize, body, init):
    program = module(body, init)
    findings, text = optimize(program, "adopter/conv-batchnorm", "--unsafe")
    assert text == program and all(f["status"] == "refused" for f in findings)


def test_an_activation_in_a_sequential(optimize):
    init = "self.net = nn.Sequential(nn.Linear(width, 8), nn.GELU(), nn.Linear(8, width))"
    findings, text = optimize(module("return self.net(x)", init), "adopter/linear-gelu", "--unsafe")
    assert "nn.Sequential(nn.Linear(width, 8, bias=False), FusedBiasGELU(8), nn.Linear(8, width))" in text
    program = module("return self.net(x)", init.replace("GELU()", "GELU(approximate='tanh')"))
    assert optimize(program, "adopter/linear-gelu", "--unsafe")[1] == program


@pytest.mark.parametrize("body,applied", [
    ("b = x.shape[0]\nreturn self.net(x.view(b, -1))", True),
    ("return self.net(x.flatten(1))", True),
    ("return self.net(x.view(4, 5, -1))", False),
    ("return self.net(x)", False),
    ("b = x.shape[0]\nreturn self.net(x.view(b, -1)) + self.net(y)", False),
])
def test_the_rank_of_what_goes_in(optimize, body, applied):
    init = "self.net = nn.Sequential(nn.Linear(width, 8, bias=False), nn.BatchNorm1d(8))"
    findings, _ = optimize(module(body, init), "adopter/linear-batchnorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied" if applied else "refused"]


PROJECTIONS = "self.q = nn.Linear(width, width)\nself.k = nn.Linear(width, width)\nself.v = nn.Linear(width, width)"


def test_projections_inside_larger_expressions(optimize):
    findings, text = optimize(module("q = self.q(x) * 0.5\nreturn q @ self.k(x).mT @ self.v(x)", PROJECTIONS), "adopter/qkv", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"]
    assert text.endswith("""        q_projected, k, v = (t.flatten(-2) for t in self.qkv(x))
        q = q_projected * 0.5
        return q @ k.mT @ v
""")


@pytest.mark.parametrize("body", [
    "q = self.q(x)\nx = x + 1\nreturn q @ self.k(x).mT @ self.v(x)",
    "q = self.q(x) * 2\nx += 1\nreturn q @ self.k(x).mT @ self.v(x)",
    "q = self.q(x) * 2\nx.mul_(2)\nreturn q @ self.k(x).mT @ self.v(x)",
    "q = self.q(x) * 2\nreturn q @ self.k(x).mT @ (self.v(x) if y is None else y)",
])
def test_projections_that_cannot_be_joined(optimize, body):
    program = module(body, PROJECTIONS)
    findings, text = optimize(program, "adopter/qkv", "--unsafe")
    assert text == program and all(f["status"] == "refused" for f in findings)


def test_several_statements_on_a_line(optimize):
    _, text = optimize(module("h = self.drop(x); h = h + y; return self.norm(h)", DROPOUT), "adopter/dropout-add-layernorm", "--unsafe")
    assert text.endswith("        return self.dropout_add_layernorm(x, y)\n")


def test_code_that_is_compiled_elsewhere_keeps_to_torch(optimize):
    program = HEAD + "@torch.jit.script\ndef f(x):\n    return torch.softmax(x, dim=-1)\n\n\n"
    program += "@torch.jit.script\ndef g(x):\n    return x * torch.sigmoid(x)\n"
    findings, text = optimize(program, "adopter/softmax,torch/silu", "--unsafe")
    assert [(f["rule"], f["status"]) for f in findings] == [("adopter/softmax", "refused"), ("torch/silu", "applied")]
    assert "return torch.softmax(x, dim=-1)" in text and "return F.silu(x)" in text


@pytest.mark.parametrize("axis", ["x.ndim - 1", "x.dim() - 1", "len(x.shape) - 1"])
def test_the_last_axis_by_its_number(optimize, axis):
    _, text = optimize(module(f"return F.softmax(x, dim={axis})"), "adopter/softmax", "--unsafe")
    assert text.endswith("return softmax(x)\n")
    program = module(f"return F.softmax(y, dim={axis})")
    assert optimize(program, "adopter/softmax", "--unsafe")[1] == program


@pytest.mark.parametrize("made,expected", [
    ("nn.Sequential(*[nn.Conv2d(3, 8, 1), nn.BatchNorm2d(8)])", "nn.Sequential(*[FusedConv2dBatchNorm2d(3, 8, 1), nn.Identity()])"),
    ("nn.Sequential(OrderedDict([('c', nn.Conv2d(3, 8, 1)), ('n', nn.BatchNorm2d(8))]))",
     "nn.Sequential(OrderedDict([('c', FusedConv2dBatchNorm2d(3, 8, 1)), ('n', nn.Identity())]))"),
])
def test_children_of_a_sequential_in_a_list(optimize, made, expected):
    program = "from collections import OrderedDict\n" + module("return self.net(x)", "self.net = " + made)
    findings, text = optimize(program, "adopter/conv-batchnorm", "--unsafe")
    assert [f["status"] for f in findings] == ["applied"] and expected in text


LOSES = """
rule test/loses {
  summary "A right side that prints `$b` beside `$a` only"
  requires torch { torch.nn.functional.relu6 }
  safety safe
  state same
  forward {
    torch.relu(($x + $a | $x - $b | $x)) -> $y
    =>
    torch.nn.functional.relu6({?$x + $a - $b?:{?$x + $a?:$x?}?}) -> $y
  }
}
"""


@pytest.mark.parametrize("value,after", [("p + q", "torch.nn.functional.relu6(p + q)"), ("p", "torch.nn.functional.relu6(p)"), ("p - q", "torch.relu(p - q)")])
def test_what_is_matched_is_not_lost(netwright, tmp_path, value, after):
    rules, program = tmp_path / "loses.rule", tmp_path / "net.py"
    rules.write_text(LOSES)
    program.write_text(f"import torch\n\n\ndef forward(p, q):\n    return torch.relu({value})\n")
    done = netwright("optimize", "--rules", rules, "--select", "test/loses", "--write", program)
    assert after in program.read_text(), done.stderr
