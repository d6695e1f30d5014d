"""Statements that sink into the arms of an `if`: what was computed in front of it is computed in every arm, by the new module in one."""

import importlib.util
import json
import pathlib
import sys

import pytest

KERNELS = pathlib.Path(__file__).resolve().parents[1] / "rules/kernels"
HEAD = "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self, width, flag):\n        super().__init__()\n"
INIT = """self.flag = flag
self.conv = nn.Conv2d(
    width, 4, 3,
    bias=not flag,
)
if self.flag:
    self.norm = nn.BatchNorm2d(4)  # statistics
"""
BODY = """h = x * 2
h = self.conv(h)  # first
if self.flag:
    h = self.norm(h)
return h.relu()
"""


def program(init=INIT, body=BODY):
    lines = [" " * 8 + line if line else "" for line in init.splitlines()]
    lines += ["", "    def forward(self, x):", *(" " * 8 + line if line else "" for line in body.splitlines())]
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture
def optimize(netwright, tmp_path):
    def run(text, rule="adopter/conv-batchnorm"):
        path = tmp_path / "net.py"
        path.write_bytes(text.encode())
        done = netwright("optimize", "--select", rule, "--unsafe", "--write", "--assume-installed", "--format", "json", path)
        assert done.returncode == 0, done.stderr
        again = netwright("optimize", "--select", rule, "--unsafe", "--check", "--assume-installed", path)
        assert again.returncode == 0, again.stdout
        return json.loads(done.stdout)["findings"], path.read_bytes().decode()

    return run


def build(text, path, flag):
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Net(3, flag)


@pytest.fixture
def same(tmp_path, monkeypatch):
    """Both programs compute the same, for a flag that is set and one that is not, in evaluation and in training."""
    torch = pytest.importorskip("torch")
    monkeypatch.syspath_prepend(str(KERNELS))

    def check(before, after, names=(("conv.", "conv_batchnorm.convolution."), ("norm.", "conv_batchnorm.normalization."))):
        for flag in (True, False):
            old, new = build(before, tmp_path / "before.py", flag), build(after, tmp_path / "after.py", flag)
            torch.manual_seed(0)
            state = {k: torch.rand_like(v) + 0.5 if v.is_floating_point() else v for k, v in old.state_dict().items()}
            old.load_state_dict(state)
            for one, other in names if flag else ():
                state = {other + key[len(one):] if key.startswith(one) else key: value for key, value in state.items()}
            new.load_state_dict(state)
            for training in (False, True):
                x = torch.randn(2, 3, 7, 7)
                wanted, found = old.train(training)(x.clone()), new.train(training)(x.clone())
                assert torch.allclose(wanted, found, rtol=1e-4, atol=1e-5)

    yield check
    for name in [name for name in sys.modules if name.split(".")[0] == "epoi"]:
        monkeypatch.delitem(sys.modules, name)


def test_the_text(optimize, same):
    findings, text = optimize(program())
    assert [f["status"] for f in findings] == ["applied"]
    assert text == program("""self.flag = flag
if not self.flag:
    self.conv = nn.Conv2d(
        width, 4, 3,
        bias=not flag,
    )
if self.flag:
    self.conv_batchnorm = FusedConv2dBatchNorm2d(width, 4, 3, bias=not flag)  # statistics
""", """h = x * 2
if self.flag:
    h = self.conv_batchnorm(h)
else:
    h = self.conv(h)  # first
return h.relu()
""").replace("import nn\n", "import nn\nfrom epoi.ops.torchscript_ops import FusedConv2dBatchNorm2d\n")
    same(program(), text)


NONE = INIT.replace("if self.flag:", "if flag:").replace("# statistics", "") + "else:\n    self.norm = None\n"
APPLIED = [
    (INIT, BODY.replace("    h = self.norm(h)\n", "    h = self.norm(h)\nelse:\n    # nothing to do\n    h = h + 1\n")),
    (INIT, BODY.replace("if self.flag:\n", "y = x.mean() + 1\nif self.flag:\n").replace("return h", "return y + h")),
    (INIT, BODY.replace("if self.flag:\n    h = self.norm(h)", "if not self.flag:\n    h = h.relu()\nelse:\n    h = self.norm(h)")),
    (INIT, BODY.replace("h = self.norm(h)", "h = self.norm(h)\n    h = h - 1")),
    (INIT.replace("if self.flag:", "if flag:"), BODY),
    (NONE, BODY.replace("if self.flag:", "if self.norm is not None:")),
    (INIT, BODY.replace("h = x * 2\n", "h = torch.relu(x)\nh = h * 2\n")),
]


@pytest.mark.parametrize("init,body", APPLIED)
def test_arms(optimize, same, init, body):
    findings, text = optimize(program(init, body))
    assert [f["status"] for f in findings] == ["applied"], findings
    assert text.count("self.conv(h)") == 1
    same(program(init, body), text)


def test_line_ends_and_tabs(optimize):
    text = program().replace("    ", "\t").replace("\n", "\r\n")
    findings, after = optimize(text)
    assert [f["status"] for f in findings] == ["applied"]
    assert "\n" not in after.replace("\r\n", "") and "\t\telse:\r\n\t\t\th = self.conv(h)  # first\r\n" in after


def test_a_function_sinks_without_modules(optimize):
    body = "cdf = torch.erf(x / 1.4142135623730951)\nif self.flag:\n    h = 0.5 * x * (1 + cdf)\nelse:\n    h = cdf + x\nreturn h\n"
    findings, text = optimize(program("self.flag = flag\n", body), "torch/gelu")
    assert [f["status"] for f in findings] == ["applied"]
    assert text.endswith("        if self.flag:\n            h = nn.functional.gelu(x)\n        else:\n"
                         "            cdf = torch.erf(x / 1.4142135623730951)\n            h = cdf + x\n        return h\n")


REFUSED = {
    "the test reads the value": (INIT, BODY.replace("if self.flag:", "if self.flag and h.dim() == 4:")),
    "the value is read in between": (INIT, BODY.replace("if self.flag:", "y = h + 1\nif self.flag:").replace("h.relu()", "(h + y)")),
    "an operand is changed in between": (INIT, BODY.replace("h = self.conv(h)", "g = self.conv(h)").replace("if self", "h.mul_(2)\nif self")
                                         .replace("self.norm(h)", "self.norm(g)")),
    "something is printed in between": (INIT, BODY.replace("if self.flag:", "print(x.mean())\nif self.flag:")),
    "the forward leaves in between": (INIT, BODY.replace("if self.flag:", "if x is None:\n    return x\nif self.flag:")),
    "the arm reads it again": (INIT, BODY.replace("h = self.norm(h)", "h = self.norm(h) + h")),
    "it is read behind the arm": (INIT, BODY.replace("h = self.norm(h)", "y = self.norm(h)")),
    "a lambda keeps it": (INIT, BODY.replace("return h.relu()", "f = lambda: h\nreturn f().relu()")),
    "the norm stands in a loop": (INIT, BODY.replace("if self.flag:", "for _ in range(2):")),
    "the norm stands in a with": (INIT, BODY.replace("if self.flag:", "with torch.no_grad():")),
    "both are always made": (INIT.replace("if self.flag:\n    ", ""), BODY),
    "another flag": (INIT, BODY.replace("if self.flag:", "if self.training:")),
    "the opposite flag": (INIT.replace("if self.flag:", "if not self.flag:"), BODY),
    "the flag is set elsewhere": (INIT, BODY.replace("h = x * 2", "self.flag = x.shape[0] > 1\nh = x * 2")),
    "the flag is set after the module": (INIT.replace("self.flag = flag\n", "").replace("if self", "self.flag = width > 2\nif self"), BODY),
    "none in one arm only": (NONE.replace("else:\n    self.norm = None\n", "") + "self.norm = getattr(self, 'norm', None)\n",
                             BODY.replace("if self.flag:", "if self.norm is not None:")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_must_not_move(optimize, what):
    text = program(*REFUSED[what])
    findings, after = optimize(text)
    assert after == text
    assert findings and all(f["status"] == "refused" and f["message"] for f in findings)


def test_two_sites_of_one_class(optimize, same):
    init = "self.flag = flag\n" + "".join(f"self.conv{i} = nn.Conv2d(width, width, 3, padding=1)\n" for i in (1, 2)) + \
        "if self.flag:\n    self.norm1 = nn.BatchNorm2d(width)\n    self.norm2 = nn.BatchNorm2d(width)\n"
    body = "".join(f"x = self.conv{i}(x)\nif self.flag:\n    x = self.norm{i}(x)\n" for i in (1, 2)) + "return x\n"
    findings, text = optimize(program(init, body))
    assert [f["status"] for f in findings] == ["applied", "applied"]
    assert text.count("else:") == 2 and text.count("if not self.flag:") == 2
    same(program(init, body), text, [(f"{old}{i}.", f"conv_batchnorm{'_2' * (i - 1)}.{new}.")
                                     for i in (1, 2) for old, new in (("conv", "convolution"), ("norm", "normalization"))])
