#!/usr/bin/env python3
"""Runs `netwright migrate --to keras` on every recorded model of the public packages, and a part of the results in both frameworks.

usage: run_migrate.py [--netwright BINARY] [--site FOLDER] [--jobs N] [--only REGEX] [--execute N] [--list VERDICT] [--markdown FILE]

written: exit 0, the written program was read back as the same network; refused: exit 1 with file, line and reason; crash: anything else.
Of what was written, --execute N models of each package, spread over the list, run in PyTorch and in Keras with random weights and
statistics that `netwright weights` carries over. equal: outputs within 1e-5 of their scale in evaluation; wrong: they differ; invalid: the
migrated program does not run; unrun: the source itself does not run here. Exit 1 on any crash, wrong or invalid.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import record
from renamed import renamed

NETWRIGHT = os.environ.get("NETWRIGHT", str(HERE.parents[1] / "build" / "netwright"))
PAIRS = HERE.parent / "migrate" / "run_pairs.py"
VERDICTS = ("written", "refused", "crash", "equal", "wrong", "invalid", "unrun")
TOLERANCE = 1e-5
SECONDS, EXECUTE_SECONDS = 120, 900


def migrate(options, row, folder):
    """(verdict, why)"""
    command = [options.netwright, "migrate", "--to", "keras", "--root", str(row["site"]), "--entry", row["entry"], "-o", str(folder)]
    for spec in row["inputs"].split():
        command += ["--input", spec]
    try:
        run = subprocess.run([*command, str(row["site"] / row["file"])], capture_output=True, text=True, timeout=SECONDS)
        said = json.loads((folder / "netwright.json").read_text())
    except subprocess.TimeoutExpired:
        return "crash", f"more than {SECONDS} s"
    except (OSError, ValueError) as error:
        return "crash", f"exit {run.returncode}, no map: {error}; {run.stderr.strip()[-150:]}"
    if run.returncode == 0 and not said["untranslated"]:
        return "written", ""
    first = (said["untranslated"] or [{}])[0]
    if run.returncode != 1 or not (first.get("line") and first.get("reason") and first.get("file")):
        return "crash", f"exit {run.returncode} {run.stderr.strip()[-150:]}"
    return "refused", f"{first['reason']} {first.get('message', '')} ({pathlib.PurePath(first['file']).name}:{first['line']})"


def execute(options, row, folder):
    """(verdict, why) of both sides in a process of their own."""
    job = {"id": "model", "source": str(row["site"]), "target": str(folder), "module": row["file"].removesuffix(".py").replace("/", ".").removesuffix(".__init__"),
           "entry": row["entry"], "inputs": row["inputs"].split(), "map": str(folder / "netwright.json"), "weights": [options.netwright, "weights", "--python", sys.executable]}
    jobs, results = folder / "jobs.json", folder / "results.json"
    jobs.write_text(json.dumps([job]))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow")
    try:
        subprocess.run([sys.executable, str(PAIRS), str(jobs), str(results)], env=environment, capture_output=True, timeout=EXECUTE_SECONDS, check=True)
        answer = json.loads(results.read_text())["model"]
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        return "invalid", str(error)[-200:]
    if answer["error"]:
        return "unrun" if answer["in_source"] else "invalid", answer["error"].strip().splitlines()[-1][:200]
    return ("equal" if answer["difference"] <= TOLERANCE else "wrong"), f"{answer['difference']:.1e} of the output's scale"


def judge(options, row, run=False):
    """(verdict, why) of what is written, or of what that computes."""
    with tempfile.TemporaryDirectory() as folder:
        verdict = migrate(options, row, pathlib.Path(folder))
        return execute(options, row, pathlib.Path(folder)) if run and verdict[0] == "written" else verdict


def spread(rows, answers, count):
    """The places of `count` written rows of each package, evenly over its list."""
    places = collections.defaultdict(list)
    for i, (row, found) in enumerate(zip(rows, answers)):
        if found[0][0] == "written":
            places[row["package"]].append(i)
    return [group[i * len(group) // min(count, len(group))] for group in places.values() for i in range(min(count, len(group)))]


def report(rows, answers):
    per_package = collections.defaultdict(collections.Counter)
    for row, found in zip(rows, answers):
        per_package[row["package"]].update(verdict for verdict, _ in found)
        per_package[row["package"]]["models"] += 1
    total = sum(per_package.values(), collections.Counter())
    shown = VERDICTS if any(len(found) > 1 for found in answers) else VERDICTS[:3]
    lines = ["| package | models | " + " | ".join(shown) + " |", "|---|" + "---:|" * (1 + len(shown))]
    for package, count in [*sorted(per_package.items()), ("all", total)]:
        lines.append(f"| {package} | {count['models']} | " + " | ".join(str(count[v]) for v in shown) + " |")
    reasons = collections.Counter(re.sub(r"; source: .*| \([^()]*:\d+\)$", "", found[0][1]) for found in answers if found[0][0] == "refused")
    lines += ["", "The most frequent reasons of refusal:", ""] + [f"- {n}: {why}" for why, n in reasons.most_common(15)]
    return total, "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netwright", default=NETWRIGHT)
    parser.add_argument("--site", default=sysconfig.get_paths()["purelib"], help="the folder with the packages")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="rows whose package, file and entry match")
    parser.add_argument("--execute", type=int, default=0, help="models of each package that are run in both frameworks")
    parser.add_argument("--list", default="crash|wrong|invalid", help="print the rows with these verdicts")
    parser.add_argument("--markdown", help="write the table to this file too")
    options = parser.parse_args()
    rows = [r for r in record.read(HERE / "facts.tsv") if re.search(options.only, f"{r['package']} {r['file']} {r['entry']}")]
    with renamed(options.site, rows) as rows, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = [[found] for found in pool.map(lambda row: judge(options, row), rows)]
        wanted = spread(rows, answers, options.execute)
        for i, found in zip(wanted, pool.map(lambda i: judge(options, rows[i], run=True), wanted)):
            answers[i].append(found)
    for row, found in zip(rows, answers):
        for verdict, why in found:
            if re.fullmatch(options.list, verdict):
                print(verdict, row["file"], row["entry"][:100], why)
    total, text = report(rows, answers)
    print(text)
    if options.markdown:
        pathlib.Path(options.markdown).write_text(text + "\n", encoding="utf-8")
    return 1 if total["crash"] or total["wrong"] or total["invalid"] else 0


if __name__ == "__main__":
    sys.exit(main())
