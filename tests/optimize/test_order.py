"""Texts that do something when they are evaluated, and texts whose value hangs on that: they keep their order, or the code stays."""

import pytest
from optimize_programs import HEAD

PARTS = """def scale():
    COUNT.append(1)
    return 1 / len(COUNT)


class Box:
    scale = 0.5

    def DUNDER(self, *other):
        self.scale = 3.0
        return 2


class Net(nn.Module):
    rate = 0.5

    @property
    def next_rate(self):
        self.rate += 0.1
        return self.rate

    @property
    def half(self):
        return 0.5

    def change(self):
        self.key = self.key * 2

    def forward(self, x, box):
"""


def program(body, dunder="forget"):
    text = HEAD + "import random\n\nCOUNT = []\n\n\n" + PARTS.replace("DUNDER", dunder)
    return text + "".join(f"        {line}\n" for line in ["x = x.view(2, 2, 5, 4)", *body.splitlines()])


REFUSED = {
    "a function with a memory, twice": "s = x @ x.mT * scale()\nt = scale()\nreturn torch.softmax(s, -1) @ x * t",
    "random numbers": "s = x @ x.mT * random.random()\nt = random.random()\nreturn torch.softmax(s, -1) @ x * t",
    "a property with effects": "s = x @ x.mT * self.next_rate\nt = self.next_rate\nreturn torch.softmax(s, -1) @ x * t",
    "what a method sets": "self.key = x\ns = x @ self.key.mT\nself.change()\nreturn torch.softmax(s, -1) @ self.key",
    "what a nested function sets": "key = x\ndef change():\n    nonlocal key\n    key = key * 3\n    return 0.5\ns = x @ key.mT * change()\nreturn torch.softmax(s, -1) @ key",
    "an operand that is evaluated before another one": "s = x @ x.mT * scale()\nreturn torch.softmax(s, -1) @ F.dropout(x)",
}
OPERATORS = {"__len__": "t = len(box)", "__eq__": "t = box == 3", "__getitem__": "t = box[1]", "__neg__": "t = -box"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_evaluated_in_another_order(optimize, name):
    text = program(REFUSED[name])
    findings, new = optimize(text, "torch/sdpa")
    assert new == text and [f["status"] for f in findings] == ["refused"]


@pytest.mark.parametrize("dunder", OPERATORS)
def test_operators_that_write(optimize, dunder):
    body = "s = x @ x.mT * box.scale\n" + OPERATORS[dunder] + "\nreturn torch.softmax(s, -1) @ x * t"
    findings, new = optimize(program(body, dunder), "torch/sdpa")
    assert new == program(body, dunder) and [f["status"] for f in findings] == ["refused"]
    body = body.replace("box.scale", "2").replace(OPERATORS[dunder], "t = x.shape[1]")
    assert [f["status"] for f in optimize(program(body, dunder), "torch/sdpa")[0]] == ["applied"]


def test_a_test_that_writes(optimize):
    body = "s = x @ x.mT * box.scale\nif box:\n    s = s + 1\nreturn torch.softmax(s, -1) @ x"
    findings, new = optimize(program(body, "__bool__"), "torch/sdpa")
    assert new == program(body, "__bool__") and [f["status"] for f in findings] == ["refused"]


@pytest.mark.parametrize("body", [
    "s = x @ x.mT * self.half\nt = self.half\nreturn torch.softmax(s, -1) @ x * t",
    "self.key = x\ns = x @ x.mT / 2\nself.change()\nreturn torch.softmax(s, -1) @ x",
    "s = x @ x.mT * random.random()\nt = x.shape[0]\nreturn torch.softmax(s, -1) @ x * t",
    "s = x @ x.mT * scale()\nreturn torch.softmax(s, -1) @ F.relu(x)",
])
def test_what_does_not_meet(optimize, body):
    findings, new = optimize(program(body), "torch/sdpa")
    assert "scaled_dot_product_attention" in new and [f["status"] for f in findings] == ["applied"]
