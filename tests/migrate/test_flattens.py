"""Programs that flatten images before dense layers, with --flatten permute-weights: fewer transposes, and the same numbers."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = sorted(HERE.glob("flattens/*.py"))
TOLERANCE = 1e-5


def header(path, key):
    return next(line.split(":", 1)[1].strip() for line in path.read_text().splitlines()[:4] if line.startswith(f"# {key}:"))


def migrate(binary, path, out, way):
    command = [binary, "migrate", "--to", "keras", "--layout", "channels_last", "--flatten", way, "--entry", header(path, "entry"),
               "--input", header(path, "input"), "-o", out, path]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
    mapping = json.loads((out / "netwright.json").read_text())
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    return mapping


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """Maps and folders of every program, flattened either way: (name, way) -> (map, folder)."""
    base = tmp_path_factory.mktemp("flattens")
    return {(path.stem, way): (migrate(binary, path, base / f"{path.stem}-{way}", way), base / f"{path.stem}-{way}")
            for path in PROGRAMS for way in ("transpose", "permute-weights")}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program, run in one process of their own: name -> {"error", "difference"}."""
    folder = tmp_path_factory.mktemp("compare")
    jobs = []
    for path in PROGRAMS:
        out = migrated[path.stem, "permute-weights"][1]
        jobs.append({"id": path.stem, "source": str(path.parent), "target": str(out), "module": path.stem,
                     "entry": header(path, "entry"), "inputs": [header(path, "input")], "map": str(out / "netwright.json"),
                     "weights": [str(binary), "weights", "--python", sys.executable]})
    (folder / "jobs.json").write_text(json.dumps(jobs))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow",
                       PYTHONDONTWRITEBYTECODE="1")
    subprocess.run([sys.executable, str(HERE / "run_pairs.py"), str(folder / "jobs.json"), str(folder / "results.json")],
                   check=True, env=environment, timeout=2400, capture_output=True)
    return json.loads((folder / "results.json").read_text())


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_transposes(path, migrated):
    counts = [migrated[path.stem, way][0]["stats"]["transposes"] for way in ("transpose", "permute-weights")]
    assert counts == [int(count) for count in header(path, "transposes").split()]


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_numbers_are_the_same(path, compared):
    assert compared[path.stem]["error"] is None, compared[path.stem]["error"]
    assert compared[path.stem]["difference"] <= TOLERANCE


def test_rows_of_the_kernel_are_turned(migrated):
    mapping, folder = migrated["plain", "permute-weights"]
    kernel = next(row for row in mapping["weights"] if row["from"] == ["fc.weight"])
    assert [op[0] for op in kernel["ops"]].count("reshape") == 2 and "transpose" in [op[0] for op in kernel["ops"]]
    text = (folder / "plain.py").read_text()
    assert "ops.transpose" not in text and "moveaxis" not in text


def test_needs_an_entry(binary):
    command = [str(binary), "migrate", "--to", "keras", "--flatten", "permute-weights", str(HERE / "flattens/plain.py")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2 and "--entry" in done.stderr
