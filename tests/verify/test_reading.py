"""What cannot be read is refused with its path, the reason and what to do, and never waited for."""

import json
import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))

from netwright.verification import changes  # noqa: E402

NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return x + 1\n"
PRIVILEGED = os.geteuid() == 0  # permissions do not hold for it


def make(folder, kind):
    path = folder / "other.py"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        return "/dev/zero"
    elif kind == "circle":
        path.symlink_to(path)
    elif kind == "large":
        path.touch()
        os.truncate(path, 100 << 20)
    elif kind == "words":
        path.write_text("x = [" + "1," * 1_100_000 + "]\n")
    elif kind == "zero":
        path.write_bytes(NET.encode() + b"x = 1\0\n")
    elif kind == "encoding":
        path.write_bytes(b"# coding: klingon\n" + NET.encode())
    elif kind == "bytes":
        path.write_bytes(NET.encode() + b"x = '\xff'\n")
    elif kind == "folder":
        path.mkdir()
    elif kind == "denied":
        path.write_text(NET)
        path.chmod(0)
    return path


@pytest.fixture
def verify(netwright):
    def run(*arguments):
        done = netwright("verify", "--python", sys.executable, "--no-cache", *arguments, timeout=120)
        assert "Traceback" not in done.stderr
        return done

    return run


@pytest.mark.parametrize("options", [(), ("--entry", "Net()", "--input", "f32[2]")], ids=["classes", "entry"])
@pytest.mark.parametrize(
    "kind, words",
    [
        ("pipe", "not a regular file"),
        ("device", "not a regular file"),
        ("circle", "cannot be read: Too many levels of symbolic links"),
        ("large", "100 MB, and the limit is 8 MB; raise it with --max-file-size"),
        ("zero", "holds NUL bytes"),
        ("encoding", "unknown encoding: klingon"),
        ("bytes", "byte 0xff at offset"),
        ("missing", "cannot be read: No such file or directory; check the path"),
        pytest.param("denied", "Permission denied; check its permissions", marks=pytest.mark.skipif(PRIVILEGED, reason="may read all")),
    ],
)
def test_files_that_cannot_be_read(verify, tmp_path, kind, words, options):
    (tmp_path / "net.py").write_text(NET)
    other = make(tmp_path, kind)
    for sides in ((tmp_path / "net.py", other), (other, tmp_path / "net.py"), (other, other)):
        done = verify(*sides, *options)
        assert done.returncode == 2 and f"{other}: " in done.stderr + done.stdout and words in done.stderr + done.stdout


def test_a_file_and_a_folder(verify, tmp_path):
    (tmp_path / "net.py").write_text(NET)
    done = verify(tmp_path / "net.py", make(tmp_path, "folder"))
    assert done.returncode == 2 and "two files or two folders" in done.stderr


def test_the_limit_can_be_set(verify, tmp_path):
    for name in ("before", "after"):
        (tmp_path / f"{name}.py").write_text(NET)
    assert verify(tmp_path / "before.py", tmp_path / "after.py", "--max-file-size", "1K").returncode == 0
    assert verify(tmp_path / "before.py", tmp_path / "after.py", "--max-file-size", "50").returncode == 2


@pytest.mark.parametrize("kind", ["pipe", "circle", "large", "words"])
def test_files_of_folders(verify, tmp_path, kind):
    """One that cannot be read does not keep others from being compared, and is not forgotten."""
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        (tmp_path / side / "net.py").write_text(NET)
        (tmp_path / side / "other.py").write_text("x = 1\n")
    (tmp_path / "new/other.py").unlink()
    other = make(tmp_path / "new", kind)
    done = verify(tmp_path / "old", tmp_path / "new", "--format", "json")
    result = json.loads(done.stdout)["results"]
    assert done.returncode == 2 and [(item["name"], item["kind"]) for item in result] == [("other.py", "unreadable")]
    assert str(other) in result[0]["reason"]


def test_much_of_the_same(tmp_path):
    """A class of many equal lines and a chain of many helpers take time in proportion to their length."""
    lines = NET.replace("return", "x = x\n        " * 20_000 + "return")
    chain = "".join(f"def f{i}(x): return f{i + 1}(x)\n" for i in range(20_000)) + "def f20000(x): return x\n"
    (tmp_path / "before.py").write_text(chain + lines)
    (tmp_path / "after.py").write_text(chain.replace("return x\n", "return +x\n") + lines.replace("+ 1", "+ 2"))
    found = changes.changed_classes(tmp_path / "before.py", tmp_path / "after.py")[0]
    assert [(change["class"], [len(side) for side in change["lines"]]) for change in found] == [("Net", [1, 1])]


CHAIN = """from torch.nn.functional import relu as act
from torch import nn


def first(x):
    return second(x)


def second(x):
    return act(x) + 1 if x.dim() < 9 else act(x)


def unused(x):
    return x


class Net(nn.Module):
    def forward(self, x):
        return first(x)
"""


@pytest.mark.parametrize(
    "old, new, lines",
    [("+ 1 if", "+ 2 if", [[10], [10]]), ("import relu", "import gelu", [[10], [10]]), ("def first(x):\n", "def first(x):\n    x = x\n", [[], [6]])],
)
def test_what_a_class_leads_to(tmp_path, old, new, lines):
    """A helper of a helper, and what an import stands for, count for the classes that lead to them, with their lines."""
    (tmp_path / "before.py").write_text(CHAIN)
    (tmp_path / "after.py").write_text(CHAIN.replace(old, new))
    found, _, rest = changes.changed_classes(tmp_path / "before.py", tmp_path / "after.py")
    assert [(change["class"], [list(side) for side in change["lines"]]) for change in found] == [("Net", lines)] and rest == []


def test_what_no_class_leads_to_is_said(tmp_path):
    (tmp_path / "before.py").write_text(CHAIN)
    (tmp_path / "after.py").write_text(CHAIN.replace("    return x\n\n\nclass", "    return -x\n\n\nclass") + "print(Net)\n")
    found, _, rest = changes.changed_classes(tmp_path / "before.py", tmp_path / "after.py")
    assert found == [] and rest == ["`unused`", "code outside of classes and functions"]
