"""Imports that a rewrite leaves without a reader go with it; where there may be another reader they stay."""

import subprocess

import pytest

BODY = '''

class Act(nn.Module):
    def forward(self, x):
        return 0.5 * x * (1.0 + torch.erf(x / math.sqrt(2.0)))
'''
IMPORTS = "import math\nimport torch\nfrom torch import nn\n"


@pytest.mark.parametrize("before,after", [
    ("import math\n", ""),
    ("import math, os\n", "import os\n"),
    ("import os, math\n", "import os\n"),
    ("import os, math, sys\n", "import os, sys\n"),
    ('"""Of math."""\nimport math\n', '"""Of math."""\n'),
])
def test_a_module_that_nothing_reads_any_more(optimize, before, after):
    findings, new = optimize(before + IMPORTS[12:] + BODY, "torch/gelu")
    assert [f["status"] for f in findings] == ["applied"]
    assert new.startswith(after + IMPORTS[12:]) and new.endswith("return nn.functional.gelu(x)\n")
    assert optimize(new, "torch/gelu")[1] == new


FROM_BODY = BODY.replace("math.sqrt", "sqrt")


@pytest.mark.parametrize("before,after", [
    ("from math import sqrt\n", ""),
    ("from math import sqrt, pi\n", "from math import pi\n"),
    ("from math import pi, sqrt\n", "from math import pi\n"),
    ("from math import (\n    pi,\n    sqrt,\n    tau,\n)\n", "from math import (\n    pi,\n    tau,\n)\n"),
    ("from math import (\n    pi,  # half a turn\n    sqrt,\n)\n", "from math import (\n    pi,  # half a turn\n    sqrt,\n)\n"),
    ("from math import pi, \\\n    sqrt\n", "from math import pi\n"),
    ("from math import pi as half, sqrt as sqrt\n", "from math import pi as half, sqrt as sqrt\n"),
    ("from math import sqrt  # noqa: F401\n", "from math import sqrt  # noqa: F401\n"),
    ("import os; from math import sqrt\n", "import os; from math import sqrt\n"),
    ("try:\n    from math import sqrt\nexcept ImportError:\n    sqrt = None\n", "try:\n    from math import sqrt\nexcept ImportError:\n    sqrt = None\n"),
])
def test_names_of_a_module(optimize, before, after):
    findings, new = optimize(before + IMPORTS[12:] + FROM_BODY, "torch/gelu")
    assert new.startswith(after + IMPORTS[12:]) and new.endswith("gelu(x)\n")


@pytest.mark.parametrize("more", [
    '__all__ = ["Act", "math"]\n',
    "TABLE = globals()\n",
    'def half(x: "math.Number"):\n    return x\n',
    "def half(x):\n    # type: (math.Number) -> float\n    return x\n",
    'def half(x):\n    """>>> math.sqrt(4.0)"""\n    return x\n',
    "def half(x):\n    return x / math.tau\n",
    "def half(math):\n    return math.tau\n",
])
def test_a_module_that_something_else_may_read(optimize, more):
    findings, new = optimize(IMPORTS + "\n\n" + more + BODY, "torch/gelu")
    assert [f["status"] for f in findings] == ["applied"] and new.startswith(IMPORTS)


@pytest.mark.parametrize("taker,stays", [
    ("from net import math\n", True), ("from .net import Act, math\n", True), ("from net import *\n", True), ("import net as n\nn.math.pi\n", True),
    ("from net import Act\nimport math\n", False), ("import net\nimport math\nmath.pi\n", False),
])
def test_a_module_that_another_file_takes_from_here(optimize, tmp_path, taker, stays):
    (tmp_path / "taker.py").write_text(taker)
    assert optimize(IMPORTS + BODY, "torch/gelu")[1].startswith("import math") == stays


@pytest.mark.parametrize("before,after", [
    ("from constants import ROOT\n", "from constants import ROOT\n"),
    ("from constants import HALF, ROOT\n\nSIZE = HALF\n", "from constants import HALF\n"),
    ("import constants\n", "import constants\n"),
])
def test_what_loading_a_module_may_do_is_not_known(optimize, tmp_path, before, after):
    (tmp_path / "constants.py").write_text("HALF = 0.5\nROOT = 1.4142135623730951\n")
    root = "constants.ROOT" if before.startswith("import") else "ROOT"
    findings, new = optimize(before + IMPORTS[12:] + BODY.replace("math.sqrt(2.0)", root), "torch/gelu")
    assert new.startswith(after) and [f["status"] for f in findings] == ["applied"]


def test_two_rewrites_share_what_they_leave(optimize, netwright, tmp_path):
    program = (IMPORTS + BODY + BODY.replace("Act", "Other")).replace("\n", "\r\n")
    findings, new = optimize(program, "torch/gelu")
    assert [f["status"] for f in findings] == ["applied", "applied"] and new.startswith("import torch\r\n")
    assert all({"start": 0, "end": 13, "text": ""} in f["edits"] for f in findings)
    (tmp_path / "net.py").write_bytes(program.encode())
    patch = netwright("optimize", "--select", "torch/gelu", "net.py", cwd=tmp_path, text=False)
    subprocess.run(["git", "apply", "-"], input=patch.stdout, cwd=tmp_path, check=True)
    assert (tmp_path / "net.py").read_bytes().decode() == new


def test_one_of_two_uses_stays(optimize):
    second = BODY.replace("Act", "Other").replace("math.sqrt(2.0)", "math.sqrt(3.0)")
    assert optimize(IMPORTS + BODY + second, "torch/gelu")[1].startswith("import math\n")
