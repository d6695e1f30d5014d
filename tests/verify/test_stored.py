"""Results are kept by content: what has not changed does not run again, and whatever a run has read may not be served stale."""

import json
import sys

import pytest

pytestmark = pytest.mark.slow

NET = """import json
import pathlib

import torch
from torch import nn

from parts.scale import scale

SIZES = json.loads(pathlib.Path(__file__).with_name("sizes.json").read_text())


class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.first = nn.Linear(width, SIZES["inner"])

    def forward(self, x):
        return scale({body})
"""


@pytest.fixture
def run(netwright, tmp_path):
    """run(*options) verifies two versions of a class that imports a module and reads a file; the one result."""
    for side, body in (("before", "torch.relu(self.first(x))"), ("after", "self.first(x).relu()")):
        (tmp_path / side / "parts").mkdir(parents=True)
        (tmp_path / side / "parts/__init__.py").write_text("")
        (tmp_path / side / "parts/scale.py").write_text("def scale(x):\n    return 2 * x\n")
        (tmp_path / side / "sizes.json").write_text('{"inner": 4}')
        (tmp_path / side / "net.py").write_text(NET.format(body=body))

    def call(*options):
        paths = [tmp_path / side / "net.py" for side in ("before", "after")]
        more = ["--python", sys.executable, "--format", "json", "--cache-dir", tmp_path / "cache"]
        done = netwright("verify", *more, *options, *paths, timeout=300)
        assert done.returncode in (0, 1), done.stderr
        (result,) = json.loads(done.stdout)["results"]
        return result

    return call


def test_nothing_runs_twice(run):
    first, second = run(), run()
    assert first["verdict"] == second["verdict"] == "equal"
    assert "cached" not in first and second["cached"]
    assert {**second, "cached": None} == {**first, "cached": None}
    assert "cached" not in run("--no-cache")


@pytest.mark.parametrize("entry", [[], ["--entry", "Net(8)", "--input", "f32[2,8]"]])
def test_a_change_in_an_imported_file_is_seen(run, tmp_path, entry):
    assert run(*entry)["verdict"] == "equal" and run(*entry)["cached"]
    (tmp_path / "after/parts/scale.py").write_text("def scale(x):\n    return 3 * x\n")
    changed = run(*entry)
    assert changed["verdict"] == "differs" and "cached" not in changed
    (tmp_path / "after/parts/scale.py").write_text("def scale(x):\n    return 2 * x\n")
    assert run(*entry)["verdict"] == "equal"


def test_a_change_in_a_file_that_the_program_reads_is_seen(run, tmp_path):
    assert run()["verdict"] == "equal"
    (tmp_path / "after/sizes.json").write_text('{"inner": 5}')
    assert run()["verdict"] == "differs"


def test_a_module_that_comes_before_another_is_seen(run, tmp_path):
    assert run()["verdict"] == "equal"
    for side in ("before", "after"):
        (tmp_path / side / "torch_is_not_this.py").write_text("")
    assert "cached" not in run()


def test_other_options_are_another_run(run):
    assert run()["verdict"] == "equal"
    assert "cached" not in run("--set", "width=16")
    assert "cached" not in run("--rtol", "1e-6")


def test_optimize_uses_what_is_kept(netwright, tmp_path):
    net = "import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return x * torch.sigmoid(x)\n"
    (tmp_path / "net.py").write_text(net)
    command = ["optimize", "--verify", "--check", "--python", sys.executable, "--cache-dir", tmp_path / "cache", tmp_path / "net.py"]
    first = netwright(*command, timeout=300)
    assert "1 classes equal" in first.stderr, first.stderr
    (entry,) = [path for path in (tmp_path / "cache/verify").glob("*.json") if not path.name.startswith("loaded-")]
    second = netwright(*command, timeout=300)
    assert (second.stdout, second.stderr) == (first.stdout, first.stderr)
    assert len([path for path in (tmp_path / "cache/verify").glob("*.json") if not path.name.startswith("loaded-")]) == 1, entry
