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
    ("torch.autograd.grad(net(q, q, q).sum(), q, None, None, True)", "refused"),
    ("torch.autograd.grad(net(q, q, q).sum(), q, None, None, False)", "applied"),
    ("torch.autograd.grad(net(q, q, q).sum(), q, **{'create_graph': True})", "refused"),
    ("net(q, q, q).sum().backward(None, True, True)", "refused"),
    ("net(q, q, q).sum().backward(), q.grad, q.grad", "applied"),
    ("torch.func.grad(lambda x: torch.func.grad(net)(x).sum())(q)", "refused"),
    ("torch.func.vmap(torch.func.grad(net))(q)", "applied"),
    ("torch.func.grad(net)(q).sum().backward()", "refused"),
    ("torch.autograd.functional.jacobian(net, q, vectorize=True, strategy='forward-mode')", "refused"),
])
def test_the_fused_operator_has_no_second_derivative(optimize, derivation, status):
    findings, _ = optimize(DERIVED.format(derivation), "torch/sdpa")
    assert [f["status"] for f in findings] == [status]


def test_gradients_of_functions_under_another_name(optimize):
    text = "from torch.func import grad as derive\n" + DERIVED.format("derive(lambda x: derive(net)(x).sum())(q)")
    assert [f["status"] for f in optimize(text, "torch/sdpa")[0]] == ["refused"]
    assert [f["status"] for f in optimize(text.replace("derive(net)(x)", "net(x)"), "torch/sdpa")[0]] == ["applied"]


WATCHED = {
    "frames": "import sys\n\n\ndef peek():\n    return sys._getframe(1).f_locals['p']\n\n\n",
    "__torch_function__": "class Count(torch.overrides.TorchFunctionMode):\n    def __torch_function__(self, f, types, args=(), kwargs=None):\n        return f(*args)\n\n\n",
    "__torch_dispatch__": "class Logged(torch.Tensor):\n    @classmethod\n    def __torch_dispatch__(cls, f, types, args=(), kwargs=None):\n        return f(*args)\n\n\n",
    "saved_tensors_hooks": "def kept(net, x):\n    with torch.autograd.graph.saved_tensors_hooks(print, print):\n        return net(x)\n\n\n",
}


@pytest.mark.parametrize("word", WATCHED)
def test_code_that_sees_what_runs(optimize, word):
    text = module(ATTENTION + "return out").replace("class Net", WATCHED[word] + "class Net")
    findings, new = optimize(text, "torch/sdpa")
    assert new == text and word in findings[0]["message"]


CAUGHT = ["try:\n    BODY\nexcept RuntimeError:\n    return x", "try:\n    BODY\nexcept (ValueError, ImportError):\n    return x", "try:\n    BODY\nexcept:\n    return x",
          "with contextlib.suppress(RuntimeError):\n    BODY\nreturn x"]


@pytest.mark.parametrize("select,line", [("torch/softmax", "return torch.exp(x) / torch.exp(x).sum(-1, keepdim=True)"), ("torch/silu", "return x * torch.sigmoid(x)")])
@pytest.mark.parametrize("around", CAUGHT)
def test_errors_that_are_caught(optimize, select, line, around):
    text = module(around.replace("BODY", line)).replace("import torch\n", "import contextlib\n\nimport torch\n", 1)
    findings, new = optimize(text, select)
    assert new == text and "errors are caught" in findings[0]["message"]


@pytest.mark.parametrize("around", ["try:\n    BODY\nfinally:\n    print(x.shape)", "try:\n    BODY\nexcept ImportError:\n    return x", "with torch.no_grad():\n    BODY"])
def test_errors_that_are_not_caught(optimize, around):
    findings, new = optimize(module(around.replace("BODY", "return x * torch.sigmoid(x)")), "torch/silu")
    assert "silu(x)" in new and [f["status"] for f in findings] == ["applied"]


MASKED = HEAD + """class Net(nn.Module):
    def forward(self, q, mask):
        scores = (q @ q.transpose(-2, -1)).masked_fill(mask == 0, -1e9)
        return torch.softmax(scores, dim=-1) @ q


def freeze(q, mask):
    return CALL
"""


@pytest.mark.parametrize("call,why", [("torch.jit.script(Net())", "torch.jit.script"), ("torch.jit.trace(Net(), (q, mask))", "torch.jit.trace"), ("torch.compile(Net())", None)])
def test_code_that_is_compiled(optimize, call, why):
    findings, new = optimize(MASKED.replace("CALL", call), "torch/sdpa")
    assert [f["status"] for f in findings] == ["refused" if why else "applied"] and (why or "") in findings[0]["message"]


def test_a_limit_is_no_check_of_sizes(optimize):
    body = "q = x.view(2, 2, 5, 4)\np = torch.softmax(q @ q.mT, dim=-1)\nif p.size(2) OP 77:\n    raise ValueError('long')\nreturn p @ q"
    assert "77" not in optimize(module(body.replace("OP", "!=")), "torch/sdpa")[1]
    for limit in (">", "<="):
        findings, new = optimize(module(body.replace("OP", limit)), "torch/sdpa")
        assert f" {limit} 77" in new and [f["status"] for f in findings] == ["refused"]
