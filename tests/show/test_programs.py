"""`netwright show` on small programs, held against what the framework says when the same program runs.

Each program under `programs/` that has an `# entry:` line is one case. `# expect:` says what is asked:
exact (default): every figure equal and exit 0; refused: exit 1, reasons with lines, and no wrong figure; either: one of both.
"""
import json
import os
import pathlib
import subprocess
import warnings

import oracle
import pytest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))
PROGRAMS = [p for p in sorted((HERE / "programs").rglob("*.py")) if oracle.header(p)["entry"]]


def show(path, head):
    command = [NETWRIGHT, "show", "--format", "json", "--entry", head["entry"]]
    for spec in head["input"]:
        command += ["--input", spec]
    run = subprocess.run([*command, str(path)], capture_output=True, text=True, timeout=120)
    assert run.returncode in (0, 1), f"exit {run.returncode}: {run.stderr[-800:]}"
    return run, json.loads(run.stdout)


def rows(said):
    return [(r["name"], r["shape"], r["kind"]) for r in said["state"]]


def run_layers(said, names):
    """The calls of the framework's own layers as (path, output shape), under each module's first name."""
    return [(names[r["path"]], r["output"]) for r in said["layers"] if r["path"] in names]


def check_exact(run, said, truth):
    assert not said["unknown"], said["unknown"]
    assert run.returncode == 0, run.stderr[-800:]
    assert rows(said) == rows(truth)
    assert said["parameters"] == truth["parameters"]
    assert said["buffers"] == truth["buffers"]
    assert [o["shape"] for o in said["outputs"]] == [o["shape"] for o in truth["outputs"]]
    assert [o["name"] for o in said["outputs"]] == [o["name"] for o in truth["outputs"]]
    assert [o["dtype"] for o in said["outputs"]] == [o["dtype"] for o in truth["outputs"]]
    called = {r["path"] for r in truth["layers"]}
    known = {path: first for path, first in truth["names"].items() if first in called}
    ours, theirs = run_layers(said, known), run_layers(truth, known)
    assert [p for p, _ in ours] == [p for p, _ in theirs]
    wrong = [(a, b) for a, b in zip(ours, theirs) if isinstance(a[1], list) and b[1] is not None and len(a[1]) == len(b[1])
             and any(x is not None and x != y for x, y in zip(a[1], b[1]))]
    assert not wrong or any(o["shape"].count(None) for o in truth["outputs"]), wrong


def check_refused(run, said, truth):
    """Refused means: says so, says where, and every figure that it does give is right."""
    assert run.returncode == 1
    assert said["unknown"]
    for reason in said["unknown"]:
        assert reason["line"] > 0 and reason["message"] and reason["reason"].startswith("NW"), reason
    if truth is None:
        return
    assert said.get("parameters") in (None, truth["parameters"]), "a wrong count of parameters"
    if said.get("state") and said.get("parameters") is not None:
        assert rows(said) == rows(truth)
    for ours, theirs in zip(said.get("outputs") or [], truth["outputs"]):
        if ours["shape"] is not None:
            assert len(ours["shape"]) == len(theirs["shape"]) and all(a in (None, b) for a, b in zip(ours["shape"], theirs["shape"])), (ours, theirs)


def check(run, said, expect, truth):
    if expect == "refused" or (expect == "either" and run.returncode == 1):
        check_refused(run, said, truth)
    else:
        check_exact(run, said, truth)


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda p: p.relative_to(HERE / "programs").with_suffix("").as_posix())
def test_program(path):
    head = oracle.header(path)
    run, said = show(path, head)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        truth = oracle.truth(path) if head["truth"] == "yes" else None
    check(run, said, head["expect"], truth)


def test_there_are_programs():
    assert len(PROGRAMS) >= 150
