"""Small programs of Keras: each is migrated to PyTorch, and both sides are run with the same weights."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
PROGRAMS = sorted(HERE.glob("keras/*.py"))
TOLERANCE = 1e-5


def header(path, key):
    return [line.split(":", 1)[1].strip() for line in path.read_text().splitlines() if line.startswith(f"# {key}: ")]


@pytest.fixture(scope="module")
def compared(binary, tmp_path_factory):
    """Name -> (finished process, {"error", "difference"}), the latter where the program was translated."""
    folder = tmp_path_factory.mktemp("migrate-keras")
    done, jobs = {}, []
    for path in PROGRAMS:
        out, entry, inputs = folder / path.stem, header(path, "entry")[0], header(path, "input")
        command = [binary, "migrate", "--to", "torch", "--entry", entry, *[word for spec in inputs for word in ("--input", spec)], "-o", out, path]
        done[path.stem] = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)
        if done[path.stem].returncode == 0:
            jobs.append({"id": path.stem, "source": str(path.parent), "target": str(out), "module": path.stem, "entry": entry, "inputs": inputs,
                         "map": str(out / "netwright.json"), "weights": [str(binary), "weights", "--python", sys.executable]})
    (folder / "jobs.json").write_text(json.dumps(jobs))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow",
                       PYTHONDONTWRITEBYTECODE="1")
    subprocess.run([sys.executable, str(HERE / "run_keras_pairs.py"), str(folder / "jobs.json"), str(folder / "results.json")], check=True,
                   env=environment, timeout=2400, capture_output=True)
    results = json.loads((folder / "results.json").read_text())
    return {name: (process, results.get(name)) for name, process in done.items()}


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path, compared):
    process, result = compared[path.stem]
    assert process.returncode == 0, process.stderr
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE
