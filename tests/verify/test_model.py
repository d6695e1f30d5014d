"""Ring 3: whole models, both sides run; right pairs, wrong pairs, and code that does not behave."""

import html
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

NET = """import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.query = nn.Linear(size, size)
        self.key = nn.Linear(size, size)
        self.value = nn.Linear(size, size)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x):
        y = self.norm(x)
        q, k, v = self.query(y), self.key(y), self.value(y)
        scores = q @ k.transpose(-1, -2) / 4
        weights = self.dropout(torch.softmax(scores, dim=-1))
        return x + F.gelu(weights @ v)


class Net(nn.Module):
    def __init__(self, depth=2, size=16):
        super().__init__()
        self.blocks = nn.ModuleList([Block(size) for _ in range(depth)])
        self.norm = nn.BatchNorm1d(size)
        self.head = nn.Linear(size, 4)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        x = self.norm(x.transpose(1, 2)).transpose(1, 2)
        return {"states": x, "logits": self.head(x.mean(1))}
"""
OPTIONS = ["--entry", "Net(2)", "--input", "f32[2,5,16]"]


def changed(old, new):
    assert old in NET
    return NET.replace(old, new)


def test_the_same_file_is_equal_to_the_last_bit(verify):
    result = verify(NET, NET, *OPTIONS, "--steps", "3")
    assert result["verdict"] == "equal" and [check["check"] for check in result["checks"]] == [
        "eval",
        "train",
        "gradients",
        "buffers",
        "steps",
    ]
    assert all(check["worst"][kind]["abs"] == 0 for check in result["checks"] for kind in ("fp32", "fp64") if check["worst"][kind])


def test_a_true_equivalence_collapses_in_fp64(verify):
    fused = changed(
        """        scores = q @ k.transpose(-1, -2) / 4
        weights = self.dropout(torch.softmax(scores, dim=-1))
        return x + F.gelu(weights @ v)""",
        """        rate = self.dropout.p if self.training else 0.0
        y = F.scaled_dot_product_attention(q, k, v, dropout_p=rate, scale=0.25)
        return y * 0.5 * (1 + torch.erf(y * 0.5 ** 0.5)) + x""",
    )
    result = verify(NET, fused, *OPTIONS, "--steps", "5")
    assert result["verdict"] == "equal", result
    worst = {check["check"]: check["worst"] for check in result["checks"]}
    assert 0 < worst["gradients"]["fp64"]["rel"] < 1e-12 and worst["steps"]["fp64"]["rel"] < 1e-10


MUTANTS = {
    "constant": ("/ 4", "/ 4.0001", "blocks.0"),
    "axis": ("dim=-1", "dim=-2", "blocks.0"),
    "operands": ("q @ k.transpose", "k @ q.transpose", "blocks.0"),
    "residual": ("x + F.gelu", "F.gelu", "blocks.0"),
    "keyword": ("F.gelu(weights @ v)", "F.gelu(weights @ v, approximate='tanh')", "blocks.0"),
    "eps": ("nn.LayerNorm(size)", "nn.LayerNorm(size, eps=1.1e-5)", "blocks.0.norm"),
    "dropout in eval": ("self.dropout(torch.softmax(scores, dim=-1))", "F.dropout(torch.softmax(scores, dim=-1), 0.1)", "blocks.0"),
    "dropout rate": ("nn.Dropout(0.1)", "nn.Dropout(0.2)", "blocks.0.dropout"),
    "momentum": ("nn.BatchNorm1d(size)", "nn.BatchNorm1d(size, momentum=0.2)", "norm"),
    "order of blocks": ("in self.blocks", "in reversed(self.blocks)", ""),
    "other layer": ("self.value(y)", "self.key(y)", "blocks.0"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_faults_are_found_and_named(verify, name):
    old, new, path = MUTANTS[name]
    line = NET[: NET.index(old)].count("\n") + 1
    result = verify(NET, changed(old, new), *OPTIONS, "--grad")
    assert result["verdict"] == "differs"
    found = result["divergence"]
    places = [
        found["before"],
        found["after"],
        *found["made"],
        (found.get("operation") or found)["before"],
        (found.get("operation") or found)["after"],
    ]
    if name != "order of blocks":  # where any line of the loop will do
        assert found["path"] == path
        assert line in [place[1] for place in places if place], (line, found)


def test_a_cast_in_the_model_does_not_hide_the_difference(verify):
    text = changed("torch.softmax(scores, dim=-1)", "torch.softmax(scores.float(), dim=-1, dtype=torch.float32).to(v.dtype)")
    result = verify(NET, text, *OPTIONS)
    assert result["verdict"] == "equal" and result["checks"][0]["exact"]


def test_half_precision_in_the_model_is_said(verify):
    text = changed("torch.softmax(scores, dim=-1)", "torch.softmax(scores.bfloat16(), dim=-1).to(v.dtype)")
    result = verify(text, text, *OPTIONS)
    assert result["verdict"] == "equal" and not result["checks"][0]["exact"] and "precision-limited" in result["notes"][0]


@pytest.mark.parametrize(
    "old, new, reason",
    [
        ("self.head = nn.Linear(size, 4)", "self.head = nn.Linear(size, 4, bias=False)", "it lacks head.bias"),
        ("self.head = nn.Linear(size, 4)", "self.head = nn.Linear(size, 5)", "other shapes: head.bias, head.weight"),
        ('"logits"', '"scores"', "outputs states, logits and states, scores"),
        ("self.head(x.mean(1))", "self.head(x)[:, 0, :3]", "eval"),
        ("y = self.norm(x)", "y = self.norm(x) + undefined", "only the second side fails"),
        ("import torch\n", "import torch\nassert False, 'changed'\n", "AssertionError: changed"),
    ],
)
def test_what_cannot_be_held_against_each_other_differs(verify, old, new, reason):
    result = verify(NET, changed(old, new), *OPTIONS)
    assert result["verdict"] == "differs" and reason in (result["reason"] or result["checks"][0]["check"])


BAD = "        y = self.norm(x)\n"


@pytest.mark.parametrize(
    "code, kind, reason",
    [
        ("        while True: pass\n", "time", "it took longer than 8 s"),
        ("        import os; os.kill(os.getpid(), 11)\n", "crash", "signal 11"),
        ("        import os; os._exit(3)\n", "crash", "status 3"),
        ("        y = torch.zeros(1 << 32)\n", "memory", ""),
        ("        y = bytearray(8 << 30)\n", "memory", ""),
        ("        import not_there_at_all\n", "import", "not_there_at_all"),
        ("        import subprocess; subprocess.run(['sleep', 'SLEEP'])\n", "time", "it took longer than 8 s"),
        ("        import subprocess; subprocess.run(['sh', '-c', 'sleep SLEEP & sleep SLEEP'], start_new_session=True)\n", "time", "it took"),
        ("        import subprocess; subprocess.Popen(['sleep', 'SLEEP'], start_new_session=True); import os; os._exit(3)\n", "crash", "status 3"),
    ],
)
def test_code_that_does_not_behave_is_a_verdict(verify, code, kind, reason):
    started = time.monotonic()
    sleep = f"54321.{os.getpid()}"  # of this worker of the tests alone
    # What is told apart from a hang gets the time that a busy machine takes to import the framework.
    result = verify(
        NET, NET.replace(BAD, code.replace("SLEEP", sleep)), *OPTIONS, "--timeout", "8" if kind == "time" else "100", "--memory", "2G"
    )
    assert (result["verdict"], result["kind"]) == ("could not run", kind) and reason in result["reason"]
    assert time.monotonic() - started < 240
    # Nothing that it started is left.
    assert sleep not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def test_a_package_that_is_missing_from_both(verify):
    text = "import no_such_package\n" + NET
    result = verify(text, text, *OPTIONS)
    assert (result["verdict"], result["kind"]) == ("could not run", "import") and "no_such_package" in result["reason"]


def test_random_models_are_compared_with_one_seed(verify):
    text = changed("x = block(x)", "x = block(x) + torch.randn_like(x)")
    result = verify(text, text, *OPTIONS)
    assert result["verdict"] == "equal" and "random in evaluation" in result["notes"][0]


def test_inputs_by_name_and_constants(verify):
    text = """from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 4)

    def forward(self, ids, mask=None, scale=1.0, twice=False):
        x = self.embed(ids) * mask[..., None].to(self.embed.weight.dtype) * scale
        return (x, [x * 2]) if twice else x
"""
    result = verify(
        text,
        text.replace("x * 2", "x + x"),
        "--entry",
        "before.py:Net()",
        "--input",
        "mask=bool[2,3]",
        "--input",
        "ids=i64[2,3]{0..9}",
        "--input",
        "twice=True",
        "--grad",
    )
    assert result["verdict"] == "equal" and result["checks"][0]["tensors"] == 2


def test_folders_and_packages(netwright, tmp_path):
    for side, body in (("old", "x + 1"), ("new", "x + 2")):
        (tmp_path / side / "pkg").mkdir(parents=True)
        (tmp_path / side / "pkg/__init__.py").write_text("")
        (tmp_path / side / "pkg/part.py").write_text(f"def step(x):\n    return {body}\n")
        (tmp_path / side / "pkg/net.py").write_text(
            "from torch import nn\nfrom .part import step\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return step(x)\n"
        )
    options = ["--python", sys.executable, "--entry", "pkg.net:Net()", "--input", "f32[3]"]
    done = netwright("verify", tmp_path / "old", tmp_path / "new", *options)
    assert done.returncode == 1 and "return x + 1" in done.stdout and "return x + 2" in done.stdout
    # A changed copy outside of the package stands for the file in it.
    (tmp_path / "changed.py").write_text((tmp_path / "old/pkg/net.py").read_text())
    done = netwright(
        "verify", tmp_path / "old/pkg/net.py", tmp_path / "changed.py", "--python", sys.executable, "--entry", "Net()", "--input", "f32[3]"
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "options, words",
    [
        (["--entry", "Net(2)", "--input", "f33[2]"], "f33"),
        (["--format", "xml"], "xml"),
        (["--rtol", "much"], "number"),
    ],
)
def test_wrong_usage(netwright, tmp_path, options, words):
    (tmp_path / "a.py").write_text(NET)
    done = netwright("verify", "--python", sys.executable, tmp_path / "a.py", tmp_path / "a.py", *options)
    assert done.returncode == 2 and words in done.stderr


def test_the_report_as_a_page(netwright, tmp_path):
    (tmp_path / "before.py").write_text(NET)
    (tmp_path / "after.py").write_text(changed("dim=-1", "dim=-2"))
    done = netwright("verify", "--python", sys.executable, "--format", "html", *OPTIONS, tmp_path / "before.py", tmp_path / "after.py")
    assert done.returncode == 1 and "<script" not in done.stdout and "http" not in done.stdout
    page = tmp_path / "report.html"
    page.write_text(done.stdout)
    text = shown(page)
    assert "First difference: blocks.0 (Block)" in text and "weights = self.dropout(torch.softmax(scores, dim=-2))" in text
    assert "value Linear" in text


@pytest.mark.skipif(not shutil.which("chromium"), reason="no browser")
def test_the_page_in_a_browser(netwright, tmp_path):
    (tmp_path / "before.py").write_text(NET)
    (tmp_path / "after.py").write_text(changed("dim=-1", "dim=-2"))
    done = netwright("verify", "--python", sys.executable, "--format", "html", *OPTIONS, tmp_path / "before.py", tmp_path / "after.py")
    page = tmp_path / "report.html"
    page.write_text(done.stdout.replace("</body>", f"<script>{LOOK}</script></body>"))
    boxes, columns = json.loads(html.unescape(re.search(r'data-found="([^"]*)"', dom_of(page))[1]))
    assert len(boxes) > 8 and all(width > 20 and height > 10 for _, _, width, height in boxes)
    colors = {name: [float(part) for part in re.findall(r"[\d.]+", color)][:3] for name, color, _, _ in reversed(boxes)}
    red, green, blue = colors["value Linear"]  # before the fault
    assert green > red + 20 and green > blue + 10
    red, green, blue = colors["model Net"]  # behind it
    assert red > green + 60 and red > blue + 60
    # Both sources side by side, at the line that differs.
    (first, second) = columns
    assert first["top"] == second["top"] and second["left"] >= first["right"] > first["left"]
    assert "dim=-1" in first["marked"] and "dim=-2" in second["marked"]


LOOK = """
const own = box => [...box.childNodes].filter(node => !(node.classList && node.classList.contains("inside")))
  .map(node => node.textContent).join("").trim();
const rect = node => node.getBoundingClientRect();
document.body.dataset.found = JSON.stringify([
  [...document.querySelectorAll(".module")].map(box => [own(box), getComputedStyle(box).backgroundColor,
    rect(box).width, rect(box).height]),
  [...document.querySelectorAll(".sources > div")].map(part => ({top: rect(part).top, left: rect(part).left, right: rect(part).right,
    marked: part.querySelector("mark").textContent}))]);
"""


def dom_of(page):
    """What a browser makes of a page."""
    command = [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,1600", "--dump-dom"]
    command += [f"--user-data-dir={page.parent / 'profile'}", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def shown(page):
    """The text of a page, as a browser lays it out where there is one."""
    text = dom_of(page) if shutil.which("chromium") else page.read_text()

    class Text(html.parser.HTMLParser):
        parts, open = [], []

        def handle_starttag(self, tag, attributes):
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

        def handle_data(self, data):
            self.parts.append(data)

    parser = Text()
    parser.feed(text)
    assert not parser.open
    return "".join(parser.parts)
