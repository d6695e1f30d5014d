"""Ring 2 over many model files: each is rewritten as `optimize --write --unsafe --assume-installed` does, and every class that changed is
run in both versions, with nothing given by hand.

    PYTHONPATH=TRANSFORMERS:tests/rules/kernels python tests/verify/table.py --out table.jsonl FILES     appends; files that are in it are left out
    python tests/verify/table.py --sum table.jsonl                                                       the figures, and what could not run, by reason
"""

import argparse
import collections
import json
import os
import pathlib
import re
import sys
import tempfile
import time

import hunt

REASONS = (
    ("an import that fails", r"in import:|stage import"),
    ("a time limit", r"longer than"),
    ("a memory limit", r"ran out of"),
    ("no configuration found", r"no configuration"),
    ("changed lines not reached", r"none of the changed lines"),
    ("no class of PyTorch", r"no class of PyTorch"),
)


LONG = 3  # seconds


def rules_of(text):
    return sorted(set(re.findall(r"[\w-]+/[\w-]+", text)))


def run_file(file, packs, folder, pool, options):
    """[row] of one file, one for each class that changed; one row without a class where nothing did."""
    copy = pathlib.Path(folder, pathlib.Path(file).name)
    copy.write_bytes(pathlib.Path(file).read_bytes())
    command = [hunt.BINARY, "optimize", "--write", "--unsafe", "--assume-installed", "--select", packs, "--format", "json", str(copy)]
    done = hunt.subprocess.run(command, capture_output=True, text=True)
    findings = [finding for finding in json.loads(done.stdout)["findings"] if finding["status"] == "applied"]
    results, _ = hunt.units.verify(file, str(copy), options, pool)
    keep = ("verdict", "kind", "reason", "stage", "notes", "seconds", "processor", "made_up", "lines", "because", "divergence", "renamed", "packed")
    rows = []
    for result in results:
        name = result["name"].rpartition(":")[2]
        rules = sorted({finding["rule"] for finding in findings if finding["class"] == name or finding["function"] in result["because"]})
        worst = {check["check"]: hunt.verify.report.worst_of(check) for check in result["checks"]}
        rows.append({"class": name, "rules": rules, "worst": worst, **{key: result.get(key) for key in keep}})
    return rows or [{"class": None, "rules": []}]


def measure(options):
    seen = set()
    if os.path.exists(options.out):
        with open(options.out, encoding="utf-8") as file:
            seen = {json.loads(line)["file"] for line in file}
    settings = hunt.options_for()
    settings.timeout = options.timeout
    started = time.monotonic()
    with hunt.units.Pool(settings) as pool, open(options.out, "a", encoding="utf-8") as out:
        for file in options.files:
            if file in seen or time.monotonic() - started > options.seconds:
                continue
            with tempfile.TemporaryDirectory(prefix="netwright-") as folder:
                rows = run_file(file, options.packs, folder, pool, settings)
            out.write("".join(json.dumps({"file": file, **row}) + "\n" for row in rows))
            out.flush()


def verdict_of(row):
    if row["verdict"] != "differs":
        return row["verdict"]
    if row["kind"] == "names":
        return "the same but for how weights are named or kept"
    return "differs"


def reason_of(row):
    return next((words for words, pattern in REASONS if re.search(pattern, row["reason"] or "")), "an error of the code")


def summarise(path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    classes = [row for row in rows if row["class"]]
    verdicts = collections.Counter(map(verdict_of, classes))
    ran = len(classes) - verdicts["could not run"]
    print(f"{len({row['file'] for row in rows})} files, {len({row['file'] for row in classes})} changed, {len(classes)} classes changed")
    print(f"{ran} ran ({100 * ran / max(len(classes), 1):.1f} %)")
    for word, count in verdicts.most_common():
        print(f"{count:5} {word}")
    for key, words in (("seconds", "seconds for a class"), ("processor", "of a processor")):
        taken = sorted(row[key] for row in classes)
        long = [f"{row['class']} {row[key]:.1f}" for row in classes if row[key] > LONG]
        print(f"{words}: median {taken[len(taken) // 2]:.1f}, nine of ten within {taken[len(taken) * 9 // 10]:.1f}, over {LONG}: {', '.join(long) or 'none'}")
    for row in classes:
        if verdict_of(row) in ("could not run", "differs"):
            place = pathlib.Path(row["file"]).stem.removeprefix("modeling_")
            words = reason_of(row) + ": " if row["verdict"] == "could not run" else ""
            print(f"{row['verdict']}: {place}:{row['class']} [{', '.join(row['rules'])}] {words}{row['reason']} {row['worst'] or ''}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--packs", default="torch,adopter")
    parser.add_argument("--out", default="table.jsonl")
    parser.add_argument("--sum", help="only print what this file holds")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="start no file after that")
    parser.add_argument("--timeout", type=float, default=120.0)
    options = parser.parse_args()
    if options.sum:
        summarise(options.sum)
    else:
        measure(options)


if __name__ == "__main__":
    sys.exit(main())
