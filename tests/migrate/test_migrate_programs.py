"""Small programs: each is migrated and both sides are run with the converted weights, or it is refused by name and line."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = sorted(HERE.glob("torch/*.py"))
TOLERANCE = 1e-5


def header(path, key):
    lines = path.read_text().splitlines()
    return [line.split(":", 1)[1].strip() if ":" in line else "" for line in lines[:12] if line.startswith(f"# {key}")]


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """What migrate made of every program: name -> (finished process, folder)."""
    base = tmp_path_factory.mktemp("migrate")
    result = {}
    for path in PROGRAMS:
        command = [binary, "migrate", "--to", "keras", "--entry", header(path, "entry")[0]]
        for spec in header(path, "input"):
            command += ["--input", spec]
        out = base / path.stem
        result[path.stem] = subprocess.run([*map(str, command), "-o", str(out), str(path)], capture_output=True, text=True, timeout=240), out
    return result


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program that was translated, run in one process of their own: name -> {"error", "difference"}."""
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
def test_program(path, migrated, request):
    done, out = migrated[path.stem]
    mapping = json.loads((out / "netwright.json").read_text())
    if header(path, "refuse"):
        assert done.returncode == 1
        assert all(entry["file"] and entry["line"] and entry["reason"] for entry in mapping["untranslated"]) and mapping["untranslated"]
        return
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    result = request.getfixturevalue("compared")[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] <= TOLERANCE


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_comments_and_docstrings_stay(path, migrated):
    text = (migrated[path.stem][1] / path.name).read_text()
    for line in path.read_text().splitlines():
        if "#" in line:
            assert line[line.index("#"):].lstrip("# ") in text
        if line.lstrip().startswith('"""') and line.endswith('"""') and len(line.strip()) > 3:
            assert line.strip() in text
