#!/usr/bin/env python3
"""Migrates public models there and back again, PyTorch to Keras to PyTorch or the other way, and compares the last program with the first.

usage: run_round_trips.py [--netwright BINARY] [--site FOLDER] [--jobs N] [--only REGEX] [--models TSV] [--from torch|keras] [--layout L]
                          [--weights N] [--execute N] [--sample N] [--list VERDICT] [--markdown FILE]

there: the first step is written; back: the second one too; equal: `compare-pivot` finds the first and the last program to be the same network
(not asked where the layout moves inputs). comments: of the programs that came back, those that hold every comment and docstring of the first, in its order.
Of what came back, --weights N models of each package carry random numbers through both maps, which must come to what `compare-pivot` says of
the first and the last program, bit by bit; --execute N run in the framework. Exit 1 on any crash, difference or lost comment.
"""
import argparse
import ast
import collections
import concurrent.futures
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile
import tokenize

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "migrate")]

import record
from renamed import renamed

NETWRIGHT = os.environ.get("NETWRIGHT", str(HERE.parents[1] / "build" / "netwright"))
TWINS = HERE / "run_twins.py"
OTHER = {"torch": "keras", "keras": "torch"}
FIGURES = ("models", "refused there", "refused back", "crash", "came back", "equal", "comments kept", "weights", "numbers", "different")
TOLERANCE = 1e-5
SECONDS, EXECUTE_SECONDS = 120, 900


def moved(spec, entry):
    """An input specification as the target takes it."""
    if "permute" not in entry:
        return spec
    head, sizes, tail = re.match(r"([^\[]*\[)([^\]]*)(\].*)", spec).groups()
    sizes = sizes.split(",")
    return head + ",".join(sizes[axis] for axis in entry["permute"]) + tail


def migrate(options, target, root, file, entry, inputs, folder, *more):
    """(verdict, why, map)"""
    command = [options.netwright, "migrate", "--to", target, "--root", str(root), "--entry", entry, "-o", str(folder), *more]
    for spec in inputs:
        command += ["--input", spec]
    try:
        run = subprocess.run([*command, str(pathlib.Path(root) / file)], capture_output=True, text=True, timeout=SECONDS)
        said = json.loads((folder / "netwright.json").read_text())
    except subprocess.TimeoutExpired:
        return "crash", f"more than {SECONDS} s", None
    except (OSError, ValueError) as error:
        return "crash", f"exit {run.returncode}, no map: {error}; {run.stderr.strip()[-150:]}", None
    if run.returncode == 0 and not said["untranslated"]:
        return "written", "", said
    first = (said["untranslated"] or [{}])[0]
    if run.returncode != 1 or not (first.get("line") and first.get("reason") and first.get("file")):
        return "crash", f"exit {run.returncode} {run.stderr.strip()[-150:]}", None
    return "refused", f"{first['reason']} {first.get('message', '')} ({pathlib.PurePath(first['file']).name}:{first['line']})", None


# ---- comments and docstrings ----

def remarks(path):
    """The comments, and the lines of docstrings, of a file in its order."""
    text = path.read_bytes()
    found = []
    for token in tokenize.tokenize(io.BytesIO(text).readline):
        if token.type == tokenize.COMMENT:
            found.append((token.start, [token.string.lstrip("# ").strip()]))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node, clean=False):
            first = node.body[0].value
            found.append(((first.lineno, first.col_offset), [line.strip() for line in first.value.splitlines()]))
    return [line for _, lines in sorted(found) for line in lines if line]


def lost_remarks(before, after):
    """What of the first file's remarks does not stand in the second one, in that order."""
    lost, at, have = [], 0, remarks(after)
    for line in remarks(before):
        place = next((i for i in range(at, len(have)) if line in have[i]), None)
        if place is None:
            lost.append(line)
        else:
            at = place + 1
    return lost


def lost_in_program(root, folder):
    """[(file, remark)] of all files that were written to a folder; an empty one only makes a package of its folder."""
    return [(str(path.relative_to(folder)), line) for path in sorted(folder.rglob("*.py")) if path.stat().st_size and (pathlib.Path(root) / path.relative_to(folder)).exists()
            for line in lost_remarks(pathlib.Path(root) / path.relative_to(folder), path)]


# ---- networks and weights ----

def compare(options, row, last):
    """(equal, sentence, map) of the first program and the last one."""
    site = row["site"]
    command = [pathlib.Path(options.netwright).parent / "compare-pivot", site / row["file"], row["entry"], last / row["file"], row["entry"], *row["inputs"].split()]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=SECONDS)
    sentence, _, rest = done.stdout.partition("\n")
    return done.returncode == 0, sentence or done.stderr.strip()[-200:], json.loads(rest) if done.returncode == 0 else None


def state_of(options, row):
    """[(name as weights maps say it, shape)] of the first program."""
    command = [options.netwright, "show", "--format", "json", "--root", str(row["site"]), "--entry", row["entry"]]
    for spec in row["inputs"].split():
        command += ["--input", spec]
    done = subprocess.run([*command, str(row["site"] / row["file"])], capture_output=True, text=True, timeout=SECONDS)
    return [((entry.get("store") or [entry["name"]])[0], entry["shape"]) for entry in json.loads(done.stdout)["state"]]


def convert(options, mapping, source, target):
    done = subprocess.run([options.netwright, "weights", "--python", sys.executable, str(mapping), str(source), str(target)], capture_output=True, text=True)
    if done.returncode:
        raise ValueError(done.stderr.strip()[:300])


def carry(options, row, folder, direct):
    """None when both maps together say what the map from the first to the last program says; otherwise what is wrong. What the program between
    has no tensor for (counters of batches) cannot come back."""
    unused = set(json.loads((folder / "there" / "netwright.json").read_text())["unused"])
    lost = {entry["to"] for entry in direct["weights"] if unused & set(entry["from"])}
    rng = np.random.default_rng(1)
    np.savez(folder / "first.npz", **{name: rng.standard_normal(shape).astype("float32") for name, shape in state_of(options, row)})
    (folder / "direct.json").write_text(json.dumps(direct))
    try:
        convert(options, folder / "there" / "netwright.json", folder / "first.npz", folder / "middle.npz")
        convert(options, folder / "back" / "netwright.json", folder / "middle.npz", folder / "last.npz")
        convert(options, folder / "direct.json", folder / "first.npz", folder / "wanted.npz")
    except ValueError as error:
        return str(error)
    with np.load(folder / "last.npz") as found, np.load(folder / "wanted.npz") as wanted:
        differing = sorted(set(found.files) ^ set(wanted.files)) or [name for name in wanted.files if name not in lost and found[name].tobytes() != wanted[name].tobytes()]
    return f"{len(differing)} tensors differ, {differing[0]} is the first" if differing else None


def execute(options, row, folder):
    """None when the first and the last program compute the same; otherwise what is wrong."""
    job = {"framework": options.framework, "first": str(row["site"]), "last": str(folder / "back"), "entry": row["entry"], "inputs": row["inputs"].split(),
           "module": row["file"].removesuffix(".py").replace("/", ".").removesuffix(".__init__"), "maps": [str(folder / way / "netwright.json") for way in ("there", "back")],
           "weights": [options.netwright, "weights", "--python", sys.executable]}
    (folder / "job.json").write_text(json.dumps(job))
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="", TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", KERAS_BACKEND="tensorflow")
    try:
        done = subprocess.run([sys.executable, str(TWINS), str(folder / "job.json")], env=environment, capture_output=True, text=True, timeout=EXECUTE_SECONDS)
    except subprocess.TimeoutExpired:
        return f"more than {EXECUTE_SECONDS} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1][:300]
    difference = float(done.stdout.split()[-1])
    return None if difference <= TOLERANCE else f"{difference:.1e} of the output's scale"


def judge(options, row, weights=False, run=False):
    """{figure: why it is counted}"""
    site, found = row["site"], {"models": ""}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        inputs = row["inputs"].split()
        verdict, why, mapping = migrate(options, OTHER[options.framework], site, row["file"], row["entry"], inputs, folder / "there", "--layout", options.layout)
        if verdict != "written":
            return {**found, "refused there" if verdict == "refused" else "crash": why}
        inputs = [moved(spec, entry) for spec, entry in zip(inputs, mapping["inputs"])]
        entry = mapping["entry"]
        verdict, why, mapping = migrate(options, options.framework, folder / "there", row["file"], entry, inputs, folder / "back")
        if verdict != "written":
            return {**found, "refused back" if verdict == "refused" else "crash": why}
        found["came back"] = ""
        lost = lost_in_program(site, folder / "back")
        found.update({"comments kept": ""} if not lost else {"different": f"{len(lost)} comments lost: {lost[0]}"})
        same_layout = not any("permute" in json.loads((folder / "there" / "netwright.json").read_text())[side][i] for side in ("inputs", "outputs")
                              for i in range(len(json.loads((folder / "there" / "netwright.json").read_text())[side])))
        direct = None
        if same_layout:
            equal, sentence, direct = compare(options, row, folder / "back")
            found.update({"equal": ""} if equal else {"different": sentence})
        for wanted, figure, check in ((weights and direct, "weights", lambda: carry(options, row, folder, direct)), (run, "numbers", lambda: execute(options, row, folder))):
            wrong = check() if wanted else None
            if wanted:
                found.update({"different": f"{figure}: {wrong}"} if wrong else {figure: ""})
    return found


def spread(rows, chosen, count):
    """The places of `count` of the chosen rows of each package, evenly over its list."""
    places = collections.defaultdict(list)
    for i in chosen:
        places[rows[i]["package"]].append(i)
    return {group[k * len(group) // min(count, len(group))] for group in places.values() for k in range(min(count, len(group)))}


def report(rows, answers):
    per_package = collections.defaultdict(collections.Counter)
    for row, found in zip(rows, answers):
        per_package[row["package"]].update(found.keys())
    total = sum(per_package.values(), collections.Counter())
    lines = ["| package | " + " | ".join(FIGURES) + " |", "|---|" + "---:|" * len(FIGURES)]
    for package, count in [*sorted(per_package.items()), ("all", total)]:
        lines.append(f"| {package} | " + " | ".join(str(count[figure]) for figure in FIGURES) + " |")
    reasons = collections.Counter(re.sub(r"; source: .*| \([^()]*:\d+\)$|\S*/|:\d+", "", found["refused back"]) for found in answers if "refused back" in found)
    lines += ["", "The most frequent reasons why the second step is refused:", ""] + [f"- {n}: {why}" for why, n in reasons.most_common(15)]
    return total, "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--netwright", default=NETWRIGHT)
    parser.add_argument("--site", default=sysconfig.get_paths()["purelib"], help="the folder with the packages")
    parser.add_argument("--models", default=str(HERE / "facts.tsv"), help="rows of package, file, entry and inputs")
    parser.add_argument("--from", dest="framework", choices=sorted(OTHER), default="torch")
    parser.add_argument("--layout", default="channels_first")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="rows whose package, file and entry match")
    parser.add_argument("--sample", type=int, default=0, help="at most that many models of each package")
    parser.add_argument("--weights", type=int, default=0, help="models of each package whose weights make the trip")
    parser.add_argument("--execute", type=int, default=0, help="models of each package that are run")
    parser.add_argument("--list", default="crash|different", help="print the rows with these figures")
    parser.add_argument("--markdown", help="write the table to this file too")
    options = parser.parse_args()
    rows = [r for r in record.read(pathlib.Path(options.models)) if re.search(options.only, f"{r['package']} {r['file']} {r['entry']}")]
    if options.sample:
        rows = [rows[i] for i in sorted(spread(rows, range(len(rows)), options.sample))]
    with renamed(options.site, rows) as rows, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        answers = list(pool.map(lambda row: judge(options, row), rows))
        back = [i for i, found in enumerate(answers) if "came back" in found]
        carried, ran = spread(rows, back, options.weights) if options.weights else set(), spread(rows, back, options.execute) if options.execute else set()
        again = sorted(carried | ran)
        for i, found in zip(again, pool.map(lambda i: judge(options, rows[i], i in carried, i in ran), again)):
            answers[i] = found
    for row, found in zip(rows, answers):
        for figure, why in found.items():
            if re.fullmatch(options.list, figure):
                print(figure, row["file"], row["entry"][:100], why, flush=True)
    total, text = report(rows, answers)
    print(text)
    if options.markdown:
        pathlib.Path(options.markdown).write_text(text + "\n", encoding="utf-8")
    return 1 if total["crash"] or total["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
