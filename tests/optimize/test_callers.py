"""What callers give: tensors where there was a number, integers where a kernel takes none; and what is written between results that are made together."""

import pytest
from optimize_programs import HEAD, module

ATTENTION = HEAD + """class Attention(nn.Module):
    def __init__(self, size, scale=0.5):
        super().__init__()
        self.scale = scale

    def forward(self, q, k, v):
        return self.attend(q, k, v)

    def attend(self, q, k, v, factor=1.0):
        return torch.softmax(q @ k.transpose(-2, -1) * SCALE, dim=-1) @ v


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention(MADE)

    def forward(self, q):
        return self.attention(q, q, q)


class Other(Attention):
    def forward(self, q, k, v):
        return self.attend(q, k, v, FACTOR)
"""


@pytest.mark.parametrize("scale,made,factor,status", [
    ("self.scale", "8, 2.0", "1.0", "applied"),
    ("self.scale", "8, 1 / math.sqrt(8)", "1.0", "applied"),
    ("self.scale", "8, torch.ones(5, 1)", "1.0", "refused"),
    ("self.scale", "8, scale=nn.Parameter(torch.ones(5, 1))", "1.0", "refused"),
    ("factor", "8", "2.0", "applied"),
    ("factor", "8", "torch.ones(5).view(5, 1)", "refused"),
    ("factor", "8", "2.0 if q is k else q.mean()", "refused"),
])
def test_a_number_by_default_that_somebody_gives_as_a_tensor(optimize, scale, made, factor, status):
    text = ATTENTION.replace("SCALE", scale).replace("MADE", made).replace("FACTOR", factor)
    findings, _ = optimize(text, "torch/sdpa")
    assert [f["status"] for f in findings] == [status]
    assert status == "applied" or "plain number" in findings[0]["message"]


INTEGRAL = ["x.long()", "x.argmax(-1)", "x.max(-1)[1]", "x.topk(3)[1]", "torch.arange(x.shape[1])", "torch.tensor([1, 2])", "(x > 0).sum(-1)", "x.to(torch.int32).view(-1)", "torch.complex(x, x)",
            "torch.nonzero(x > 0)", "x.long().unsqueeze(0)[:, 1]"]
FLOATING = ["x.long().float()", "x.max(-1)[0]", "torch.arange(8, dtype=torch.float32)", "torch.tensor([1.0, 2])", "x.to(torch.float64)", "x.long() * 0.5", "x.topk(3)[0]"]


@pytest.mark.parametrize("value", INTEGRAL + FLOATING)
@pytest.mark.parametrize("body", ["y = {}\nreturn y * torch.sigmoid(y)", "return swish({})"])
def test_kernels_that_take_no_integers(optimize, value, body):
    helper = "def swish(y):\n    return y * torch.sigmoid(y)\n\n\n" if "swish" in body else ""
    text = module(body.format(value)).replace("class ", helper + "class ", 1)
    findings, _ = optimize(text, "torch/silu")
    assert [f["status"] for f in findings] == ["applied" if value in FLOATING else "refused"]


PROJECTIONS = HEAD + """def clear(t):
    t[:, 0] = 0


def half(t):
    return t * 0.5


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.q = nn.Linear(8, 8)
        self.k = nn.Linear(8, 8)
        self.v = nn.Linear(8, 8)
        self.act = nn.ReLU(ACT)

    def forward(self, x):
        x = x + 0
        q = self.q(x)
        BETWEEN
        k = self.k(x)
        v = self.v(x)
        return q * k + v
"""


@pytest.mark.parametrize("between,act,applied", [
    ("pass", "", True), ("q = half(q)", "", True), ("b, n, d = q.shape", "", True), ("y = half(x)", "", True), ("q = self.act(q)", "", True),
    ("x[:, 0] = 1", "", False), ("clear(x)", "", False), ("self.act(x)", "inplace=True", False), ("x.mul_(2)", "", False), ("x.data = x * 2", "", False), ("y = x[:, 0]\n        clear(y)", "", False),
])
def test_what_is_written_between_results_that_are_made_together(optimize, between, act, applied):
    text = PROJECTIONS.replace("BETWEEN", between).replace("ACT", act)
    findings, new = optimize(text, "torch/qkv", "--unsafe")
    assert ("self.qkv(x)" in new) == applied, findings
