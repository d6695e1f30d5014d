#!/usr/bin/env python3
"""Runs `netwright show` on every recorded model of the public packages and holds it against facts.tsv.

usage: run_show.py [--netwright BINARY] [--site FOLDER] [--jobs N] [--only REGEX] [--list VERDICT] [--markdown FILE]

exact: parameters, buffers, state and output shapes equal, exit 0; refused: exit 1 with a reason; wrong: a figure differs
where none is marked unknown; crash: any other exit, a time-out, or output that is no JSON. Exit 1 on any wrong or crash.
"""
import argparse
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
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import record

VERDICTS = ("exact", "refused", "wrong", "crash")
NETWRIGHT = os.environ.get("NETWRIGHT", str(HERE.parents[1] / "build" / "netwright"))
SECONDS = 30


def show(netwright, site, row):
    command = [netwright, "show", "--format", "json", "--root", str(site), "--entry", row["entry"]]
    for spec in row["inputs"].split():
        command += ["--input", spec]
    return subprocess.run([*command, str(pathlib.Path(site) / row["file"])], capture_output=True, text=True, timeout=SECONDS)


def differences(said, row):
    """Which figures differ from the recorded ones, in words."""
    found = []
    for key in ("parameters", "buffers"):
        if said.get(key) != int(row[key]):
            found.append(f"{key} {said.get(key)} for {row[key]}")
    state = said.get("state") or []
    if len(state) != int(row["state"]):
        found.append(f"{len(state)} names in the state for {row['state']}")
    elif record.state_digest([{**r, "shape": r["shape"] or []} for r in state]) != row["state_sha256"]:
        found.append("names, order or shapes of the state")
    outputs = record.shapes_text([{"shape": o["shape"] or []} for o in said.get("outputs", [])])
    if outputs != row["outputs"]:
        found.append(f"outputs {outputs[:80]} for {row['outputs'][:80]}")
    return found


def judge(netwright, site, row):
    """(verdict, why, seconds)"""
    started = time.monotonic()
    try:
        run = show(netwright, site, row)
    except subprocess.TimeoutExpired:
        return "crash", f"more than {SECONDS} s", SECONDS
    seconds = time.monotonic() - started
    if run.returncode not in (0, 1):
        return "crash", f"exit {run.returncode} {run.stderr.strip()[-150:]}", seconds
    try:
        said = json.loads(run.stdout)
    except ValueError:
        return "crash", "no JSON: " + run.stderr.strip()[-150:], seconds
    wrong = differences(said, row)
    if run.returncode == 0 and not said.get("unknown"):
        return ("wrong" if wrong else "exact"), "; ".join(wrong), seconds
    first = (said.get("unknown") or [{}])[0]
    why = f"{first.get('reason')} {first.get('message')} ({pathlib.PurePath(str(first.get('file'))).name}:{first.get('line')})"
    return ("refused" if first and run.returncode == 1 else "wrong"), why, seconds


def report(rows, answers):
    """The table per package, the reasons and the times, as Markdown."""
    per_package = collections.defaultdict(collections.Counter)
    for row, (verdict, _, _) in zip(rows, answers):
        per_package[row["package"]][verdict] += 1
    total = sum(per_package.values(), collections.Counter())
    lines = ["| package | models | " + " | ".join(VERDICTS) + " |", "|---|" + "---:|" * 5]
    for package, count in [*sorted(per_package.items()), ("all", total)]:
        lines.append(f"| {package} | {sum(count.values())} | " + " | ".join(str(count[v]) for v in VERDICTS) + " |")
    reasons = collections.Counter(why for verdict, why, _ in answers if verdict == "refused")
    kinds = collections.Counter(why.split(" ", 1)[0] for verdict, why, _ in answers if verdict == "refused")
    lines += ["", "The most frequent reasons of refusal:", ""] + [f"- {n}: {why}" for why, n in reasons.most_common(10)]
    lines += ["", "By kind: " + ", ".join(f"{k} {n}" for k, n in kinds.most_common(10))]
    times = sorted(seconds for _, _, seconds in answers)
    lines += ["", f"Time per model: median {statistics.median(times):.3f} s, longest {times[-1]:.3f} s."]
    return total, "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netwright", default=NETWRIGHT)
    parser.add_argument("--site", default=sysconfig.get_paths()["purelib"], help="the folder with the packages")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="rows whose package, file and entry match")
    parser.add_argument("--list", default="wrong|crash", help="print the rows with these verdicts")
    parser.add_argument("--markdown", help="write the table to this file too")
    options = parser.parse_args()
    rows = [r for r in record.read(HERE / "facts.tsv") if re.search(options.only, f"{r['package']} {r['file']} {r['entry']}")]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = list(pool.map(lambda row: judge(options.netwright, options.site, row), rows))
    for row, (verdict, why, _) in zip(rows, answers):
        if re.fullmatch(options.list, verdict):
            print(verdict, row["file"], row["entry"][:100], why)
    total, text = report(rows, answers)
    print(text)
    if options.markdown:
        pathlib.Path(options.markdown).write_text(text + "\n", encoding="utf-8")
    return 1 if total["wrong"] or total["crash"] else 0


if __name__ == "__main__":
    sys.exit(main())
