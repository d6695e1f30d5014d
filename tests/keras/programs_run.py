"""Runs cases through `netwright show` and through Keras, and says where they differ."""
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))


def header(path):
    """The case in the comments at the top of a program: entry, input (repeated), expect."""
    found = {"file": str(path), "entry": None, "input": [], "expect": "exact"}
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        match = re.match(r"#\s*(entry|input|expect):\s*(.+?)\s*$", line)
        if match and match[1] == "input":
            found["input"].append(match[2])
        elif match:
            found[match[1]] = match[2]
    return found


def truths(cases):
    run = subprocess.run([sys.executable, str(HERE / "oracle.py")], input="\n".join(json.dumps(case) for case in cases), capture_output=True, text=True,
                         timeout=1500)
    assert run.returncode == 0, run.stderr[-3000:]
    return [json.loads(line) for line in run.stdout.strip().split("\n") if line.startswith("{")]


def show(case):
    command = [NETWRIGHT, "show", "--format", "json", "--entry", case["entry"]]
    for spec in case["input"]:
        command += ["--input", spec]
    run = subprocess.run([*command, case["file"]], capture_output=True, text=True, timeout=120)
    assert run.returncode in (0, 1), f"exit {run.returncode}: {run.stderr[-800:]}"
    return json.loads(run.stdout)


def difference(said, truth):
    """Empty when they agree."""
    if "raises" in truth:
        messages = [reason["message"] for reason in said["unknown"]]
        return "" if messages else f"Keras raises {truth['raises']} ({truth['message'][:200]}); nothing is said"
    if said["unknown"]:
        return "; ".join(f"line {reason['line']}: {reason['message']}" for reason in said["unknown"])
    for row in said["state"]:
        row["store"] = sorted(row.get("store", []))
    for key in ("outputs", "parameters", "buffers", "state"):
        if key in truth and said[key] != truth[key]:
            if key == "state":
                ours, theirs = [tuple(map(str, r.values())) for r in said[key]], [tuple(map(str, r.values())) for r in truth[key]]
                return f"state: only here {[r for r in ours if r not in theirs]}, only there {[r for r in theirs if r not in ours]}, or another order"
            return f"{key}: {said[key]} but it is {truth[key]}"
    return ""
