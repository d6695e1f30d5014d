"""Rules that bring functions of their own into the file: packed projections, whose checkpoints stay what they were."""

import copy
import importlib.util
import json
import pickle
import sys

import pytest

PROGRAM = '''"""Attention."""
import torch
from torch import nn


# what the class does
class Attention(nn.Module):
    def __init__(self, width, narrow, bias=True):
        super().__init__()
        self.query = nn.Linear(width, width, bias=bias)
        self.key = nn.Linear(width, narrow, bias=bias)
        self.value = nn.Linear(width, narrow, bias=bias)
        self.out = nn.Linear(width, width)

    def forward(self, x):
        q = self.query(x)
        k = self.key(x)
        v = self.value(x)
        return self.out(q), k, v


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = Attention(width, 4)
        self.second = Attention(width, width, bias=False)

    def forward(self, x):
        return self.first(x) + self.second(x)
'''


@pytest.fixture
def optimize(netwright, tmp_path):
    def run(text):
        path = tmp_path / "net.py"
        path.write_bytes(text.encode())
        done = netwright("optimize", "--select", "torch/qkv", "--unsafe", "--write", "--assume-installed", "--format", "json", path)
        assert done.returncode == 0, done.stderr
        again = netwright("optimize", "--select", "torch/qkv", "--unsafe", "--check", "--assume-installed", path)
        assert again.returncode == 0, again.stdout
        return json.loads(done.stdout)["findings"], path.read_bytes().decode()

    return run


@pytest.fixture
def load(tmp_path, monkeypatch):
    def run(text, name):
        path = tmp_path / f"{name}.py"
        path.write_text(text)
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module.Net(8)

    return run


def test_checkpoints_go_both_ways(optimize, load):
    torch = pytest.importorskip("torch")
    findings, text = optimize(PROGRAM)
    assert [f["status"] for f in findings] == ["applied"]
    assert text.count("class _PackedState") == 1 and "nn.Linear(width, width + narrow + narrow, bias=bias)" in text
    old, new = load(PROGRAM, "packed_before"), load(text, "packed_after")
    state, x = {name: value.clone() for name, value in old.state_dict().items()}, torch.randn(2, 5, 8)
    new.load_state_dict(state)
    assert sorted(new.state_dict()) == sorted(state)
    assert all(torch.equal(value, state[name]) for name, value in new.state_dict().items())
    for training in (False, True):
        for a, b in zip(old.train(training)(x), new.train(training)(x), strict=True):
            assert torch.allclose(a, b, atol=1e-6)
    for copied in (copy.deepcopy(new), pickle.loads(pickle.dumps(new))):
        with torch.no_grad():
            copied.first.qkv.weight.mul_(2)
        assert torch.equal(copied.state_dict()["first.query.weight"], 2 * state["first.query.weight"])
        old.load_state_dict(copied.state_dict())
        copied.load_state_dict(state)
    missing = {name: value for name, value in state.items() if name != "first.key.weight"}
    with pytest.raises(RuntimeError):
        new.load_state_dict(missing)


def test_two_classes_share_one_helper(optimize):
    twice = PROGRAM + PROGRAM[PROGRAM.index("# what"):PROGRAM.index("class Net")].replace("Attention", "Other")
    findings, text = optimize(twice)
    assert [f["status"] for f in findings] == ["applied", "applied"]
    assert text.count("class _PackedState") == 1 and text.count("    _PackedState(self, \"qkv") == 2
    assert text.index("class _PackedState") < text.index("# what the class does") < text.index("class Attention")


def test_torch_is_imported(optimize):
    findings, text = optimize(PROGRAM.replace("import torch\n", ""))
    assert [f["status"] for f in findings] == ["applied"]
    assert text.count("\nimport torch\n") == 1 and "torch.split(self.qkv(x), self.qkv.parts, -1)" in text


def test_line_ends(optimize):
    findings, text = optimize(PROGRAM.replace("\n", "\r\n"))
    assert [f["status"] for f in findings] == ["applied"] and "\n" not in text.replace("\r\n", "")


REFUSED = {
    "a name that is taken": PROGRAM.replace("class Net", "class _PackedState:\n    pass\n\n\nclass Net"),
    "torch is something else": PROGRAM.replace("import torch\n", "import jax as torch\n"),
    "heads are pruned": PROGRAM + "\n    def prune(self):\n        self.first.query = nn.Identity()\n",
    "another input": PROGRAM.replace("self.key(x)", "self.key(x + 1)"),
    "one bias": PROGRAM.replace("nn.Linear(width, narrow, bias=bias)", "nn.Linear(width, narrow, bias=False)", 1),
    "used again": PROGRAM.replace("self.out(q)", "self.out(q) + self.query(x)"),
    "initialised by name": PROGRAM.replace("        self.out =", "        nn.init.zeros_(self.query.weight)\n        self.out ="),
    "hooks": PROGRAM.replace("        self.out =", "        self.query.register_forward_hook(print)\n        self.out ="),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(optimize, what):
    findings, text = optimize(REFUSED[what])
    assert text == REFUSED[what]
    assert all(f["status"] == "refused" and f["message"] for f in findings)
