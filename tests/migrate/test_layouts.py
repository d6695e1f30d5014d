"""Programs whose channels go last: each is migrated with --layout channels_last, and both sides are run with the converted weights."""

import json

import pytest
from migrate_programs import HERE, TOLERANCE, header, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("layouts/*.py"))


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """What migrate made of every program: name -> (finished process, folder)."""
    base = tmp_path_factory.mktemp("layouts")
    return {path.stem: (migrate(binary, path, base / path.stem, "--to", "keras", "--layout", "channels_last"), base / path.stem) for path in PROGRAMS}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program, run in one process of their own: name -> {"error", "difference"}."""
    return run_pairs("run_pairs.py", binary, tmp_path_factory.mktemp("compare"),
                     [(path, out) for path in PROGRAMS for done, out in [migrated[path.stem]] if done.returncode == 0])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_channels_last(path, migrated, compared):
    done, out = migrated[path.stem]
    mapping = json.loads((out / "netwright.json").read_text())
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    result = compared[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] <= TOLERANCE
    kept = bool(header(path, "kept"))
    assert all(("permute" in entry) != kept for entry in mapping["inputs"])
    if header(path, "transposes"):
        assert mapping["stats"]["transposes"] == int(header(path, "transposes")[0])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_auto(path, binary, migrated, tmp_path):
    """As channels_last where few transposes are left, otherwise as channels_first; the summary says why."""
    done = migrate(binary, path, tmp_path, "--to", "keras", "--layout", "auto")
    mapping = json.loads((tmp_path / "netwright.json").read_text())
    last = json.loads((migrated[path.stem][1] / "netwright.json").read_text())
    assert done.returncode == 0, done.stderr
    many = last["stats"]["transposes"] > 2
    assert any("permute" in entry for entry in mapping["inputs"]) == (not many and not header(path, "kept"))
    assert ("it would take" in done.stderr) == many
    assert mapping["stats"]["transposes"] == (0 if many else last["stats"]["transposes"])


def test_what_the_gate_refuses_keeps_its_layout(binary, tmp_path):
    """Strides and dilation at once: computed on slices, which nobody has proven equal."""
    path = tmp_path / "net.py"
    path.write_text("# entry: Net()\n# input: f32[1,2,9,9]\nimport torch.nn as nn\n\n\nclass Net(nn.Module):\n"
                    "    def __init__(self):\n        super().__init__()\n        self.conv = nn.Conv2d(2, 3, 3, stride=2, padding=2, dilation=2)\n\n"
                    "    def forward(self, x):\n        return self.conv(x)\n")
    assert migrate(binary, path, tmp_path / "last", "--to", "keras", "--layout", "channels_last").returncode == 1
    done = migrate(binary, path, tmp_path / "auto", "--to", "keras", "--layout", "auto")
    assert done.returncode == 0 and "layout: that of the source" in done.stderr and "net.py:12" in done.stderr


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_channels_first_keeps_inputs(path, binary, tmp_path):
    done = migrate(binary, path, tmp_path, "--to", "keras", "--layout", "channels_first")
    mapping = json.loads((tmp_path / "netwright.json").read_text())
    assert done.returncode == 0, done.stderr
    assert all("permute" not in entry for entry in mapping["inputs"] + mapping["outputs"])
    assert mapping["stats"]["transposes"] == 0
