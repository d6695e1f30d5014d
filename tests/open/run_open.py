#!/usr/bin/env python3
"""Runs `netwright show` without an entry on the PyTorch model files of transformers and counts what it understood.

usage: run_open.py [--netwright BINARY] [--models FOLDER] [--jobs N] [--only REGEX] [--goal SHARE] [--markdown FILE]

Prints the share of calls in `forward` and what it reaches that resolve to an operator, a class or a function, the reasons
of the others by diagnostic id, the files with the lowest shares, and the times. So that what was never reached does not look
like success, the classes with a `forward` and the calls written there are counted in the text as well, independently.
Exit 1 below the goal, on any crash, and when a class with a `forward` is missing from the answer.
"""
import argparse
import ast
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time

NETWRIGHT = os.environ.get("NETWRIGHT", str(pathlib.Path(__file__).resolve().parents[2] / "build" / "netwright"))
MODELS = pathlib.Path(sysconfig.get_paths()["purelib"]) / "transformers" / "models"
SECONDS = 60
GOAL = 0.98


def model_files(models):
    """The PyTorch model files: not those for TensorFlow and Flax."""
    return sorted(p for p in pathlib.Path(models).glob("*/modeling_*.py") if not re.match(r"modeling_(tf|flax)_", p.name))


def written(path):
    """The names of the classes that define `forward`, and the number of calls written in those functions."""
    classes, calls = [], 0
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        forward = [f for f in node.body if isinstance(f, ast.FunctionDef) and f.name == "forward"] if isinstance(node, ast.ClassDef) else []
        if forward:
            classes.append(node.name)
            calls += sum(isinstance(n, ast.Call) for statement in forward[-1].body for n in ast.walk(statement))
    return classes, calls


def read_open(netwright, path):
    """{"resolved", "unresolved", "reasons", "classes", "missing", "written", "seconds", "problem"} for one file."""
    names, calls_written = written(path)
    answer = {"path": path, "resolved": 0, "unresolved": 0, "reasons": {}, "classes": 0, "missing": names, "written": calls_written,
              "seconds": SECONDS, "problem": ""}
    with tempfile.TemporaryDirectory() as folder:
        stats = pathlib.Path(folder) / "stats.json"
        started = time.monotonic()
        try:
            run = subprocess.run([netwright, "show", str(path), "--format", "json", f"--stats={stats}"],
                                 capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return {**answer, "problem": f"more than {SECONDS} s"}
        answer["seconds"] = time.monotonic() - started
        if run.returncode not in (0, 1):
            return {**answer, "problem": f"exit {run.returncode} {run.stderr.strip()[-150:]}"}
        try:
            found = {c["class"].rpartition(".")[2] for c in json.loads(run.stdout)["classes"]}
            answer.update(classes=len(found), missing=[n for n in names if n not in found])
            said = json.loads(stats.read_text(encoding="utf-8"))
            calls = said["calls"]
            answer.update(resolved=calls["resolved"], unresolved=calls["unresolved"], reasons=said.get("reasons", {}))
        except (OSError, ValueError, KeyError) as error:
            answer["problem"] = f"{type(error).__name__}: {error}"
    return answer


def share(resolved, unresolved):
    return resolved / (resolved + unresolved) if resolved + unresolved else 0.0


def report(answers):
    resolved, unresolved = sum(a["resolved"] for a in answers), sum(a["unresolved"] for a in answers)
    reasons = sum((collections.Counter(a["reasons"]) for a in answers), collections.Counter())
    times = sorted(a["seconds"] for a in answers)
    lines = ["| figure | value |", "|---|---:|", f"| files | {len(answers)} |", f"| classes | {sum(a['classes'] for a in answers)} |",
             f"| calls in forward and what it reaches | {resolved + unresolved} |", f"| resolved | {resolved} |",
             f"| share | {share(resolved, unresolved):.2%} |", f"| calls written in forward alone | {sum(a['written'] for a in answers)} |",
             f"| classes with forward that are missing | {sum(len(a['missing']) for a in answers)} |",
             f"| files with a problem | {sum(bool(a['problem']) for a in answers)} |",
             f"| time per file, median | {statistics.median(times):.3f} s |", f"| time per file, longest | {times[-1]:.3f} s |", "",
             "Reasons:", ""]
    lines += [f"- {n}: {reason}" for reason, n in reasons.most_common(10)]
    worst = sorted(answers, key=lambda a: share(a["resolved"], a["unresolved"]))[:10]
    lines += ["", "Lowest shares:", ""]
    lines += [f"- {share(a['resolved'], a['unresolved']):.2%} {a['path'].name} ({a['unresolved']} unresolved)" for a in worst]
    fewest = sorted(answers, key=lambda a: (a["resolved"] + a["unresolved"]) / max(1, a["written"]))[:10]
    lines += ["", "Fewest calls reached of those written:", ""]
    for a in fewest:
        lines.append(f"- {a['resolved'] + a['unresolved']} of {a['written']} {a['path'].name}, missing classes: {len(a['missing'])}")
    return share(resolved, unresolved), "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netwright", default=NETWRIGHT)
    parser.add_argument("--models", default=MODELS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--goal", type=float, default=GOAL)
    parser.add_argument("--markdown")
    options = parser.parse_args()
    paths = [p for p in model_files(options.models) if re.search(options.only, str(p))]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = list(pool.map(lambda p: read_open(options.netwright, p), paths))
    problems = [a for a in answers if a["problem"]]
    for a in problems:
        print("problem:", a["path"].name, a["problem"])
    if not answers:
        print("no model files under", options.models)
        return 1
    reached, text = report(answers)
    print(text)
    if options.markdown:
        pathlib.Path(options.markdown).write_text(text + "\n", encoding="utf-8")
    return 1 if problems or reached < options.goal or any(a["missing"] for a in answers) else 0


if __name__ == "__main__":
    sys.exit(main())
