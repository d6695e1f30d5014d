"""`netwright optimize` as a command: diffs that apply, writing, statuses and formats. What rules match is tested elsewhere."""

import json
import os
import stat
import subprocess

import pytest

MODEL = """\
import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class Gelu(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.erf(x / math.sqrt(2.0)))  # by hand
"""


@pytest.fixture
def model(tmp_path):
    path = tmp_path / "model.py"
    path.write_text(MODEL)
    return path


def run(netwright, *arguments, **options):
    return netwright("optimize", "--select", "torch/gelu", *arguments, **options)


def test_the_diff_applies(netwright, model, tmp_path):
    done = run(netwright, "model.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "torch/gelu: applicable" in done.stderr
    applied = subprocess.run(["git", "apply", "-"], input=done.stdout, text=True, cwd=tmp_path, capture_output=True)
    assert applied.returncode == 0, applied.stderr
    assert "F.gelu(x)" in model.read_text() and "# by hand" in model.read_text()
    again = run(netwright, "model.py", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "")


def test_line_ends_and_a_missing_one_survive(netwright, model, tmp_path):
    model.write_bytes(MODEL.replace("\n", "\r\n").encode()[:-2])
    done = run(netwright, "model.py", cwd=tmp_path, text=False)
    applied = subprocess.run(["git", "apply", "-"], input=done.stdout, cwd=tmp_path, capture_output=True)
    assert applied.returncode == 0, applied.stderr
    now = model.read_bytes()
    assert b"gelu(x)" in now and now.count(b"\r\n") == now.count(b"\n") and not now.endswith(b"\n")


def test_write_keeps_the_mode_and_leaves_nothing_behind(netwright, model, tmp_path):
    model.chmod(0o754)
    done = run(netwright, "--write", "--format", "json", model)
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert [row["status"] for row in said["findings"]] == ["applied"]
    assert stat.S_IMODE(model.stat().st_mode) == 0o754
    assert os.listdir(tmp_path) == ["model.py"]
    assert "gelu(x)" in model.read_text()


def test_write_goes_through_a_link(netwright, model, tmp_path):
    link = tmp_path / "link.py"
    link.symlink_to(model)
    assert run(netwright, "--write", link).returncode == 0
    assert link.is_symlink() and "gelu(x)" in model.read_text()


def test_edits_are_byte_ranges_of_the_file(netwright, model):
    done = run(netwright, "--check", "--format", "json", model)
    [finding] = json.loads(done.stdout)["findings"]
    text = model.read_bytes()
    for edit in reversed(finding["edits"]):
        text = text[:edit["start"]] + edit["text"].encode() + text[edit["end"]:]
    run(netwright, "--write", model)
    assert model.read_bytes() == text
    assert (finding["line"], finding["class"], finding["function"], finding["safety"]) == (9, "Gelu", "forward", "safe")


def test_check_changes_nothing_and_prints_no_diff(netwright, model):
    done = run(netwright, "--check", model)
    assert done.returncode == 1 and "---" not in done.stdout and "torch/gelu" in done.stdout
    assert model.read_text() == MODEL


def test_formats(netwright, model):
    sarif = json.loads(run(netwright, "--format", "sarif", model).stdout)
    [result] = sarif["runs"][0]["results"]
    assert result["ruleId"] == "torch/gelu" and result["locations"][0]["physicalLocation"]["region"]["startLine"] == 9
    assert run(netwright, "--format", "github", model).stdout.startswith(f"::warning file={model},line=9")
    assert "torch/gelu: applicable" in run(netwright, "--format", "text", model).stdout


def test_nothing_to_report_is_0(netwright, tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    done = run(netwright, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("arguments", [["--select", "torch/no-such-rule"], ["--format", "yaml"], ["--write", "--check"]])
def test_wrong_usage_is_2(netwright, model, arguments):
    done = netwright("optimize", *arguments, model)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr


def test_a_missing_file_is_2_and_the_others_are_done(netwright, model, tmp_path):
    done = run(netwright, "--format", "json", tmp_path / "gone.py", model)
    assert done.returncode == 2 and "gone.py" in done.stderr
    assert len(json.loads(done.stdout)["findings"]) == 1


def test_rule_files_that_cannot_be_used_say_why(netwright, model, tmp_path):
    rules = tmp_path / "own.rule"
    for text, words in [("rule own/a {", ":1:"), ("rule\0", "has NUL bytes"), ("# " + "x" * 100, "102 bytes, and the limit is 50")]:
        rules.write_text(text)
        done = netwright("optimize", "--max-file-size", "50", "--rules", rules, model)
        assert done.returncode == 2 and f"{rules}:" in done.stderr and words in done.stderr, done.stderr


def test_broken_syntax_is_said_and_the_rest_is_analysed(netwright, model):
    model.write_text(MODEL + "\n\ndef broken(:\n    pass\n")
    done = run(netwright, "--format", "json", model)
    assert "NW0105" in done.stderr
    assert len(json.loads(done.stdout)["findings"]) == 1


def test_stats_name_the_files_that_imports_opened(netwright, tmp_path):
    (tmp_path / "helper.py").write_text("def double(x):\n    return x + x\n")
    (tmp_path / "model.py").write_text(MODEL.replace("import math\n", "import math\nfrom helper import double\n").replace("return 0.5 * x", "return 0.5 * double(x)"))
    run(netwright, "--no-cache", "--stats", tmp_path / "stats.json", "model.py", cwd=tmp_path)
    said = json.loads((tmp_path / "stats.json").read_text())
    assert [os.path.basename(path) for path in said["imported"]] == ["helper.py"]


LAZY = """import sys
from typing import TYPE_CHECKING
from .loading import Loader

if TYPE_CHECKING:
    from .helper import double
else:
    sys.modules[__name__] = Loader(__name__, {"helper": ["double"]})
"""


def test_a_package_that_loads_its_parts_when_they_are_asked_for_is_not_run(netwright, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text(LAZY)
    (package / "loading.py").write_text("class Loader:\n    def __init__(self, name, parts):\n        self.parts = parts\n")
    (package / "helper.py").write_text("def double(x):\n    return x + x\n")
    (tmp_path / "model.py").write_text(MODEL.replace("import math\n", "import math\nfrom package import double\n").replace("return 0.5 * x", "return 0.5 * double(x)"))
    done = run(netwright, "--no-cache", "--format", "json", "--stats", tmp_path / "stats.json", "model.py", cwd=tmp_path)
    said = json.loads((tmp_path / "stats.json").read_text())
    assert [os.path.basename(path) for path in said["imported"]] == ["__init__.py", "helper.py"]
    assert done.stderr == ""


def test_a_lazy_package_may_declare_a_name_as_taken_from_itself(netwright, tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text(LAZY.replace("from .helper import", "from package import"))
    (package / "loading.py").write_text("class Loader:\n    def __init__(self, name, parts):\n        pass\n\n    def __getattr__(self, name):\n        raise AttributeError(name)\n")
    text = MODEL.replace("return 0.5 * x", "from package import double\n        double(x)\n        return 0.5 * x")
    assert "double" in text
    (tmp_path / "model.py").write_text(text)
    assert run(netwright, "--no-cache", "--check", "model.py", cwd=tmp_path).returncode in (0, 1)
