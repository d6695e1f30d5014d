"""The executed half of `netwright rules test`: both sides of a rule are run on PyTorch.

The programs of a rule are the left sides of its examples and those that its `numeric` block gives; the right side is what the command makes
of them. Programs run in children (verification/rule_side.py), never here.
"""

import argparse
import json
import os
import subprocess
import sys

from .verification import scratch
from .verification.children import Worker

FAILED, GOOD, NOT_RUN = "fails", "passes", "not run"


def parse(arguments):
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--program")
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--format", default="text")
    parser.add_argument("--timeout", type=float, default=120.0)
    parser.add_argument("--memory", type=int, default=8 << 30)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("names", nargs="*")
    return parser.parse_args(arguments)


def run_command(options, *arguments):
    done = subprocess.run([options.program, *arguments], capture_output=True, text=True, errors="surrogateescape")
    if done.returncode > 1 or not done.stdout:
        raise RuntimeError(done.stderr.strip() or f"{arguments[0]} ended with status {done.returncode}")
    return json.loads(done.stdout)


# ---- the right sides


def is_file(name):
    return name.endswith(".rule")


def find(rule, text, options, folder):
    """What the rule finds in a program; the program's own name never matters."""
    path = os.path.join(folder, "program.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    files = [f"--rules={name}" for name in options.names if is_file(name) and name == rule["path"]]
    more = ["--select", rule["id"], *files, "--unsafe", "--assume-installed", "--no-cache", "--format", "json"]
    return [finding for finding in run_command(options, "optimize", *more, "--", path)["findings"] if finding["rule"] == rule["id"]]


def rewritten(text, findings):
    from . import optimization

    after, applied = optimization.apply(text.encode(), [finding for finding in findings if finding["status"] == "applicable"])
    return after.decode(), applied


def programs_of(rule, options, folder):
    """([{"title", "line", "before", "after", "findings"}], problems, notes) of everything that has two sides.

    The right side is what the command makes; where that is not what an example says, what the example says is run as well."""
    found, problems, notes = [], [], []
    for example in rule["examples"] + rule["numeric"]["programs"] if "numeric" in rule else rule["examples"]:
        findings = find(rule, example["before"], options, folder)
        after, applied = rewritten(example["before"], findings)
        base = {key: example[key] for key in ("title", "line", "before")}
        if applied:
            kept = [{key: finding.get(key) for key in ("safety", "state")} for finding in applied]
            found.append({**base, "after": after, "findings": kept})
        said = next((finding["message"] for finding in findings), "nothing is found")
        if not example["after"]:
            problems += [] if applied else [(example, f"is not rewritten: {said}")]
        elif not applied or after.strip() != example["after"].strip():
            notes.append(
                (example, "is rewritten to something else; both were run" if applied else f"is not rewritten ({said}); its `after` was run")
            )
            found.append({**base, "after": example["after"], "findings": None})
    for example in rule["nochanges"]:
        if any(finding["status"] == "applicable" for finding in find(rule, example["before"], options, folder)):
            problems.append((example, "is rewritten, and must not be"))
    return found, problems, notes


# ---- what comes out


def test_rule(rule, options, worker, folder):
    """{"rule", "verdict", "programs", "axes", "problems", "reason"} of one rule."""
    result = {"rule": rule["id"], "verdict": GOOD, "programs": 0, "axes": [], "problems": [], "notes": [], "reason": None}
    programs, problems, notes = programs_of(rule, options, folder)
    for example, text in problems:
        result["problems"].append({"line": example["line"], "title": example["title"], "text": text})
    for example, text in notes:
        result["notes"].append({"line": example["line"], "title": example["title"], "text": text})
    if "numeric" not in rule:
        result.update(verdict=FAILED if problems else NOT_RUN, reason="it has no `numeric`")
        return result
    roots = [os.path.abspath(root) for root in options.root]
    job = {
        "kind": "rules",
        "rule": rule["id"],
        "numeric": rule["numeric"],
        "programs": programs,
        "roots": roots,
        **{key: rule[key] for key in ("same_state", "backward", "state", "safety")},
    }
    note = worker.run(job)
    result["programs"], result["axes"] = note.get("ran", 0), note.get("axes", [])
    for line, title, text in note.get("problems", []):
        result["problems"].append({"line": line, "title": title, "text": text})
    if result["problems"]:
        result["verdict"] = FAILED
    elif note["error"] or not note.get("ran"):
        result.update(verdict=NOT_RUN, reason=note["error"] or "no program could be run")
    return result


def lines_of(rule, result):
    place = f"{rule['path']}:{rule['line']}"
    for problem in result["problems"]:
        yield f"{rule['path']}:{problem['line']}: {rule['id']}: `{problem['title']}` {problem['text']}"
    for note in result["notes"]:
        yield f"{rule['path']}:{note['line']}: note: `{note['title']}` {note['text']}"
    if result["verdict"] == GOOD:
        count = f"{result['programs']} program{'s' if result['programs'] != 1 else ''}"
        yield f"{rule['id']}: {count}, both sides the same: {', '.join(result['axes'])}"
    elif result["verdict"] == NOT_RUN:
        yield f"{place}: {rule['id']}: not run: {result['reason']}"


def main(arguments):
    options = parse(arguments)
    try:
        rules = run_command(options, "rules", "test", "--dump", "tests", *options.names)["rules"]
    except (RuntimeError, ValueError) as error:
        print(f"netwright rules: {error}", file=sys.stderr)
        return 2
    results = []
    limits = {"time": options.timeout, "memory": options.memory}
    with Worker(limits, ["torch", "torch.nn"]) as worker, scratch.Folder() as folder:
        for rule in rules:
            if rule["legacy"]:
                continue
            result = test_rule(rule, options, worker, folder)
            results.append(result)
            if options.format != "json":
                print("\n".join(lines_of(rule, result)), flush=True)
    counts = {word: sum(result["verdict"] == word for result in results) for word in (GOOD, FAILED, NOT_RUN)}
    if options.format == "json":
        print(json.dumps({"version": 1, "counts": counts, "results": results}, indent=1))
    elif results:
        print(f"executed: {counts[GOOD]} rules pass, {counts[FAILED]} fail, {counts[NOT_RUN]} not run")
    return 1 if counts[FAILED] else 0
