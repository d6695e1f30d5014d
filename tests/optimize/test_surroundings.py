"""Code around a site that leaves no room for new code: it reads names, puts something else in the place of the framework's functions, derives twice."""

import pytest
from optimize_programs import HEAD, module

ATTENTION = "p = torch.softmax(x @ x.transpose(-2, -1), dim=-1)\nout = p @ x\n"
SWISH = module("return x * torch.sigmoid(x)")


@pytest.mark.parametrize("select,body", [
    ("torch/sdpa", ATTENTION + "return out, locals()['p']"),
    ("torch/sdpa", ATTENTION + "return out, eval('p')"),
    ("torch/silu", "p = torch.sigmoid(x)\ny = x * p\nreturn y, vars()['p']"),
])
def test_names_that_are_read_without_being_written(optimize, select, body):
    findings, text = optimize(module(body), select)
    assert text == module(body) and "locals" in findings[0]["message"]


REPLACED = ["F.silu = print", "torch.nn.functional.silu = print", "setattr(F, 'silu', print)", "def patch():\n    F.silu = print", "def patch(where):\n    where.silu = print\n\n\npatch(F)"]


@pytest.mark.parametrize("line", REPLACED)
def test_the_target_is_something_else(optimize, line):
    text = SWISH.replace("\n\nclass", "\n" + line + "\n\n\nclass", 1)
    findings, new = optimize(text, "torch/silu")
    assert new == text and [f["reason"] for f in findings] == ["NW0420"]


@pytest.mark.parametrize("line", ["F.relu = print", "other = nn.Module()\nother.silu = print", "class Kept:\n    silu = print"])
def test_other_names_may_be_assigned(optimize, line):
    findings, new = optimize(SWISH.replace("\n\nclass", "\n" + line + "\n\n\nclass", 1), "torch/silu")
    assert "F.silu(x)" in new and [f["status"] for f in findings] == ["applied"]


def test_an_import_that_nobody_names_is_there_for_what_it_does(optimize, tmp_path):
    (tmp_path / "patches.py").write_text("import torch.nn.functional as F\nF.silu = print\n")
    text = SWISH.replace("import torch\n", "import patches\nimport torch\n", 1)
    findings, new = optimize(text, "torch/silu")
    assert new == text and [f["reason"] for f in findings] == ["NW0420"]


DERIVED = HEAD + """class Net(nn.Module):
    def forward(self, q, k, v):
        return torch.softmax(q @ k.transpose(-2, -1), dim=-1) @ v


def force(net, q):
    return {}
"""


@pytest.mark.parametrize("derivation,status", [
    ("torch.autograd.grad(net(q, q, q).sum(), q, create_graph=True)", "refused"),
    ("torch.func.hessian(lambda x: net(x, x, x).sum())(q)", "refused"),
    ("torch.autograd.grad(net(q, q, q).sum(), q, create_graph=False)", "applied"),
])
def test_the_fused_operator_has_no_second_derivative(optimize, derivation, status):
    findings, _ = optimize(DERIVED.format(derivation), "torch/sdpa")
    assert [f["status"] for f in findings] == [status]
