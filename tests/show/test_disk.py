"""What a program finds on the disk is told only where it lies among the sources and stays there."""
import json
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))
PROGRAM = """import os
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
{before}

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, {width})

    def forward(self, x):
        return self.a(x)
"""


def show(folder, width, before=""):
    program = folder / "sources" / "net.py"
    program.write_text(PROGRAM.format(width=width, before=before))
    run = subprocess.run([NETWRIGHT, "show", "--format", "json", "--entry", "Net()", "--input", "f32[2,4]", str(program)], capture_output=True, text=True, timeout=60)
    assert run.returncode in (0, 1), run.stderr[-800:]
    return json.loads(run.stdout)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sources" / "inner").mkdir(parents=True)
    (tmp_path / "sources" / "inner" / "sizes.txt").write_text("x" * 8)
    (tmp_path / "sources" / "texts").mkdir()
    (tmp_path / "sources" / "texts" / "name.txt").write_text("Nystr\u00f6m\n")
    (tmp_path / "sources" / "texts" / "lines.txt").write_text("a\u2028b\n")
    (tmp_path / "beside.txt").write_text("x" * 9)
    (tmp_path / "sources" / "linked").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "sources" / "pipe")
    return tmp_path


def test_what_lies_among_the_sources_is_told(folder):
    assert show(folder, 'len(open(os.path.join(here, "inner", "sizes.txt")).read())')["parameters"] == 40
    assert show(folder, 'len(open(os.path.join(here, "inner", "..", "inner", "sizes.txt")).read())')["parameters"] == 40
    assert show(folder, '8 if os.path.exists(os.path.join(here, "inner", "absent.txt")) else 9')["parameters"] == 45
    assert show(folder, 'len(open(os.path.join(here, "texts", "name.txt"), encoding="utf-8").read())')["parameters"] == 40
    assert show(folder, 'len(pathlib.Path(here, "texts", "name.txt").read_text(encoding="utf-8").split("\u00f6")[0]) + 3', before="import pathlib")["parameters"] == 40


@pytest.mark.parametrize("width", ['len(open(os.path.join(here, "pipe")).read())', 'len(open(os.path.join(here, "..", "beside.txt")).read())',
                                   'len(open(os.path.join(here, "linked", "beside.txt")).read())', 'len(os.listdir(os.path.join(here, "..")))',
                                   'len(os.listdir(os.path.join(here, "linked")))', '8 if os.path.exists(os.path.join(here, "linked", "beside.txt")) else 9',
                                   '8 if os.path.exists(os.path.join(here, "linked", "absent.txt")) else 9', 'len(open(os.path.join(here, "inner")).read()) + 1',
                                   'len(open(os.path.join(here, "texts", "name.txt")).read())', 'len(open(os.path.join(here, "texts", "name.txt"), encoding="latin-1").read())',
                                   'len(open(os.path.join(here, "texts", "lines.txt"), encoding="utf-8").read().splitlines())'])
def test_what_leads_elsewhere_or_is_no_file_is_not_told(folder, width):
    said = show(folder, width)
    assert said.get("parameters") is None
    assert said["unknown"], said


@pytest.mark.parametrize("change", ['os.makedirs(os.path.join(here, "made"))', 'os.remove(os.path.join(here, "inner", "sizes.txt"))',
                                    'open(os.path.join(here, "inner", "sizes.txt"), "w").write("xx")',
                                    'os.rename(os.path.join(here, "inner"), os.path.join(here, "made"))',
                                    'pathlib.Path(here, "made").mkdir()', 'shutil.copy(os.path.join(here, "net.py"), os.path.join(here, "made"))'])
def test_what_the_program_may_have_changed_is_not_told(folder, change):
    for asked in ('8 if os.path.exists(os.path.join(here, "made")) else 9', 'len(open(os.path.join(here, "inner", "sizes.txt")).read())'):
        said = show(folder, asked, f"import pathlib\nimport shutil\n{change}\n")
        assert said.get("parameters") is None
        assert said["unknown"], said


def test_what_is_written_elsewhere_changes_nothing(folder):
    before = 'import tempfile\nos.makedirs("/nowhere/made")\nos.makedirs(os.path.expanduser("~/.cache/net"), exist_ok=True)\n'
    assert show(folder, 'len(open(os.path.join(here, "inner", "sizes.txt")).read())', before)["parameters"] == 40


def test_a_text_is_read_as_files_are(folder):
    (folder / "sources" / "texts" / "lines.txt").write_text("aa\nbbb\ncccc\n")
    opened = 'f = open(os.path.join(here, "texts", "lines.txt"))\n'
    assert show(folder, "n", opened + "n = len(next(f))\nfor line in f:\n    n += len(line)\n    break\nn += 10 * len(f.read())\n")["parameters"] == 5 * 57
    assert show(folder, "len([line for line in f])", opened)["parameters"] == 15
    missing = 'try:\n    open(os.path.join(here, "absent.txt"))\n    n = 1\nexcept FileNotFoundError:\n    n = 2\n'
    assert show(folder, "n", missing)["parameters"] == 10
    said = show(folder, "n", opened + "try:\n    n = f.seek(0) + 8\nexcept AttributeError:\n    n = 9\n")
    assert said.get("parameters") != 45


def test_names_have_no_order_until_they_are_sorted(folder):
    for name in ("f9", "f3", "f5"):
        (folder / "sources" / "inner" / name).write_text("")
    listed = 'names = os.listdir(os.path.join(here, "inner"))\n'
    assert show(folder, "len(names) + len(sorted(names)[0])", listed)["parameters"] == 5 * 6
    assert show(folder, "int(names[0][1:])", listed + "names.sort()\n")["parameters"] == 15
    for asked in ("int(names[0][1:])", "len(names.pop())"):
        said = show(folder, asked, listed)
        assert said.get("parameters") is None
        assert said["unknown"], said
