"""`optimize --verify`: rewrites are run before they are made."""

import json
import os
import sys

import attentions
import pytest

pytestmark = pytest.mark.slow

NORM = """

class Norm(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(hidden_size))

    def forward(self, hidden_states):
        variance = hidden_states.pow(2).mean(-1, keepdim=True)
        return self.weight * (hidden_states * torch.rsqrt(variance + 1e-6))
"""
NET = (
    attentions.HEAD
    + attentions.attention(
        attentions.layers("query", "key"),
        "hidden_states",
        "scores = torch.matmul(self.query(hidden_states), self.key(hidden_states).transpose(-1, -2))",
        "return nn.functional.softmax(scores, dim=-1)",
    )
    + NORM
)
KERNEL = "import torch\n\n\ndef softmax(x):\n    return torch.softmax(x, dim=-1){wrong}\n"


@pytest.fixture
def optimize(netwright, tmp_path):
    """optimize(wrong, *options) runs it on NET with a kernel for softmax that is right or wrong; the CompletedProcess."""

    def run(wrong, *options):
        (tmp_path / "kernels/xformers/triton").mkdir(parents=True)
        for name in ("xformers", "xformers/triton"):
            (tmp_path / "kernels" / name / "__init__.py").write_text("")
        (tmp_path / "kernels/xformers/triton/softmax.py").write_text(KERNEL.format(wrong=wrong))
        (tmp_path / "net.py").write_text(NET)
        return netwright(
            "optimize",
            "--verify",
            "--assume-installed",
            "--select",
            "adopter/softmax,torch/rms-norm",
            "--python",
            sys.executable,
            *options,
            tmp_path / "net.py",
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(tmp_path / "kernels")},
        )

    return run


def statuses(text):
    """What became of each place; other forms of a rule that would rewrite the same statements do not count."""
    findings = [finding for finding in json.loads(text)["findings"] if finding["reason"] != "NW0412"]
    return {(finding["rule"], finding["line"]): finding["status"] for finding in findings}


def test_what_is_equal_is_written(optimize, tmp_path):
    done = optimize("", "--write", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert statuses(done.stdout) == {("adopter/softmax", 13): "applied", ("torch/rms-norm", 22): "applied"}
    text = (tmp_path / "net.py").read_text()
    assert "softmax(scores)" in text and "rms_norm" in text and "2 classes equal" in done.stderr


def test_what_differs_is_withheld(optimize, tmp_path):
    done = optimize(" * 1.001", "--write", "--format", "json")
    assert statuses(done.stdout) == {("adopter/softmax", 13): "refused", ("torch/rms-norm", 22): "applied"}
    (refused,) = [finding for finding in json.loads(done.stdout)["findings"] if finding["reason"] == "NW0414"]
    assert refused["reason"] == "NW0414" and "differs" in refused["message"]
    text = (tmp_path / "net.py").read_text()
    assert "nn.functional.softmax(scores, dim=-1)" in text and "xformers" not in text and "rms_norm" in text


def test_what_crashes_is_withheld_and_the_diff_holds_the_rest(optimize, tmp_path):
    done = optimize("[0]")
    assert done.returncode == 1 and (tmp_path / "net.py").read_text() == NET
    assert "rms_norm" in done.stdout and "xformers" not in done.stdout and "not verified" in done.stderr
    assert done.stdout.startswith("--- a/") and "\n@@ " in done.stdout


def test_a_rewrite_whose_import_fails_takes_no_other_along(optimize, tmp_path):
    done = optimize("\nraise ImportError", "--write", "--format", "json")
    assert statuses(done.stdout) == {("adopter/softmax", 13): "refused", ("torch/rms-norm", 22): "applied"}
    assert "xformers" not in (tmp_path / "net.py").read_text()


NAMES = ("key", "query", "value")
PROJECTIONS = attentions.HEAD + attentions.attention(
    attentions.layers(*NAMES),
    "hidden_states",
    *(f"{name} = self.{name}(hidden_states)" for name in NAMES),
    "return (query @ key.transpose(-1, -2)).sigmoid() @ value",
)
PACKED = """from torch import nn


class FusedQKV(nn.Module):
    def __init__(self, hidden_size, heads, world_size):
        super().__init__()
        self.fused_linear = nn.Linear(hidden_size, 3 * hidden_size)

    def forward(self, x):
        parts = self.fused_linear(x)[..., None, :].unflatten(-1, (-1, 3)).unbind(-1)
        return [parts[number] for number in {order}]
"""


@pytest.mark.parametrize("order, status", [((0, 1, 2), "applied"), ((1, 0, 2), "refused")], ids=["as the rule says", "otherwise"])
def test_weights_are_packed_as_the_rule_says(netwright, tmp_path, order, status):
    (tmp_path / "kernels/slapo/op").mkdir(parents=True)
    for name in ("slapo", "slapo/op"):
        (tmp_path / "kernels" / name / "__init__.py").write_text("")
    (tmp_path / "kernels/slapo/op/linear.py").write_text(PACKED.format(order=order))
    (tmp_path / "net.py").write_text(PROJECTIONS)
    options = ["--assume-installed", "--unsafe", "--select", "adopter/qkv", "--write", "--format", "json", "--python", sys.executable]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "kernels")}
    done = netwright("optimize", "--verify", *options, tmp_path / "net.py", timeout=300, env=environment)
    (finding,) = json.loads(done.stdout)["findings"]
    assert finding["status"] == status, done.stdout
