"""What the tests of small migrated programs share: their headers, the command line, and both sides run in one process of their own."""

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOLERANCE = 1e-5


def header(path, key):
    """The values of the header lines `# key: value` of a program, in order; that of `# key` alone is empty."""
    lines = [line for line in path.read_text().splitlines()[:12] if line.startswith(f"# {key}")]
    return [line.partition(":")[2].strip() for line in lines if line.partition(":")[0] == f"# {key}"]


def migrate(binary, path, out, *options, like=None):
    """The finished process of `migrate` on a program, with its entry and inputs, or those of another one."""
    inputs = [word for spec in header(like or path, "input") for word in ("--input", spec)]
    command = [binary, "migrate", *options, "--entry", header(like or path, "entry")[0], *inputs, "-o", out, path]
    return subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=240)


def run_pairs(script, binary, folder, written, backend="tensorflow"):
    """Runs programs and what was written of them ((program, folder) pairs) with the same weights: name -> {"error", "difference"}."""
    jobs = [{"id": path.stem, "source": str(path.parent), "target": str(out), "module": path.stem, "entry": header(path, "entry")[0],
             "inputs": header(path, "input"), "map": str(out / "netwright.json"), "weights": [str(binary), "weights", "--python", sys.executable],
             "double": not header(path, "single")}
            for path, out in written]
    (folder / "jobs.json").write_text(json.dumps(jobs))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND=backend,
                       PYTHONDONTWRITEBYTECODE="1")
    subprocess.run([sys.executable, str(HERE / script), str(folder / "jobs.json"), str(folder / "results.json")], check=True, env=environment,
                   timeout=2400, capture_output=True)
    return json.loads((folder / "results.json").read_text())
