"""Programs whose channels go last: each is migrated with --layout channels_last, and both sides are run with the converted weights."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = sorted(HERE.glob("layouts/*.py"))
TOLERANCE = 1e-5


def header(path, key):
    return [line.split(":", 1)[1].strip() for line in path.read_text().splitlines()[:8] if line.startswith(f"# {key}:")]


def migrate(binary, path, out, layout):
    command = [binary, "migrate", "--to", "keras", "--layout", layout, "--entry", header(path, "entry")[0]]
    for spec in header(path, "input"):
        command += ["--input", spec]
    return subprocess.run([*map(str, command), "-o", str(out), str(path)], capture_output=True, text=True, timeout=240)


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """What migrate made of every program: name -> (finished process, folder)."""
    base = tmp_path_factory.mktemp("layouts")
    return {path.stem: (migrate(binary, path, base / path.stem, "channels_last"), base / path.stem) for path in PROGRAMS}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program, run in one process of their own: name -> {"error", "difference"}."""
    folder = tmp_path_factory.mktemp("compare")
    jobs = [{"id": path.stem, "source": str(path.parent), "target": str(out), "module": path.stem, "entry": header(path, "entry")[0],
             "inputs": header(path, "input"), "map": str(out / "netwright.json"), "weights": [str(binary), "weights", "--python", sys.executable]}
            for path in PROGRAMS for done, out in [migrated[path.stem]] if done.returncode == 0]
    (folder / "jobs.json").write_text(json.dumps(jobs))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow",
                       PYTHONDONTWRITEBYTECODE="1")
    subprocess.run([sys.executable, str(HERE / "run_pairs.py"), str(folder / "jobs.json"), str(folder / "results.json")], check=True, env=environment,
                   timeout=2400, capture_output=True)
    return json.loads((folder / "results.json").read_text())


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
    done = migrate(binary, path, tmp_path, "auto")
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
    assert migrate(binary, path, tmp_path / "last", "channels_last").returncode == 1
    done = migrate(binary, path, tmp_path / "auto", "auto")
    assert done.returncode == 0 and "layout: that of the source" in done.stderr and "net.py:12" in done.stderr


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_channels_first_keeps_inputs(path, binary, tmp_path):
    done = migrate(binary, path, tmp_path, "channels_first")
    mapping = json.loads((tmp_path / "netwright.json").read_text())
    assert done.returncode == 0, done.stderr
    assert all("permute" not in entry for entry in mapping["inputs"] + mapping["outputs"])
    assert mapping["stats"]["transposes"] == 0
