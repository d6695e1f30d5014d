#!/usr/bin/env python3
"""What `netwright optimize` finds in model files of transformers 4.35.0.

usage: optimize.py MODELS [--write] [--jobs N]

MODELS is the folder transformers/models of that release. Two lists are held against the findings, neither of which knows of the rules: the
sites of paper 001 that an independent scan of these files gives (bench/adopter_sites.tsv: rule, model, class, function, line, form), and
the hand-written attentions that bench/attentions.py finds in bench/attention_files.txt. --write replaces docs/figures-optimize.md.
"""
import argparse
import collections
import concurrent.futures
import csv
import json
import os
import pathlib
import re
import subprocess
import sys

import attentions

ROOT = pathlib.Path(__file__).resolve().parent.parent
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build/netwright"))
RULES = {"4": "adopter/softmax", "5": "adopter/dropout-add-layernorm", "6": "adopter/linear-gelu", "7": "adopter/conv-batchnorm",
         "8": "adopter/linear-batchnorm", "9": "adopter/qkv"}
STATUSES = ("applicable", "refused", "none")
NEAR = 3  # a site of several statements may be listed at any of them


def findings(file, select):
    command = [NETWRIGHT, "optimize", "--select", select,
               "--check", "--unsafe", "--assume-installed", "--format", "json", "--no-cache", "-j", "1"]
    done = subprocess.run([*command, str(file)], capture_output=True)
    return json.loads(done.stdout)["findings"]


def best(found):
    """The finding that says most: one that applies before one that does not."""
    return max(found, key=lambda f: f["status"] != "refused", default=None)


def at_site(found, site):
    rule = RULES[site["rule"]]
    line, near = int(site["line"]), 0 if rule == "adopter/softmax" else NEAR
    same = [f for f in found if f["rule"] == rule and f.get("class") == (site["class"] or None)]
    here = [f for f in same if f["line"] - near <= line <= (f.get("end_line") or f["line"]) + near]
    # Listed where the modules are made, or at another of the three.
    if not here and (rule == "adopter/qkv" or site["function"] == "__init__"):
        here = [f for f in same if f.get("function") == site["function"] or site["function"] == "__init__"]
    return best(here)


def status(finding):
    return "none" if finding is None else "refused" if finding["status"] == "refused" else "applicable"


def look_at(models, model, sites):
    file = models / model / f"modeling_{model}.py"
    found = findings(file, "adopter")
    rows = [(RULES[s["rule"]], status(at_site(found, s)), (at_site(found, s) or {}).get("message", "")) for s in sites]
    return rows


def look_at_attentions(models, name):
    found = findings(models / name, "torch/sdpa")
    rows = [attentions.finding_of(a, found) for a in attentions.attentions(models / name)]
    return [("torch/sdpa", status(f), (f or {}).get("message", "")) for f in rows]


def page(counts, reasons):
    lines = ["# What `netwright optimize` finds", "",
             "Written by `bench/optimize.py MODELS --write`: 100 model files of transformers 4.35.0, `--unsafe --assume-installed`.",
             "A site is *applicable*, *refused* with a reason, or was *not found*. The sites of the rules of paper 001 are those of an",
             "independent scan; those of `torch/sdpa` are what `bench/attentions.py` finds.", "",
             "| rule | sites | applicable | refused | not found |", "|---|---:|---:|---:|---:|"]
    for rule in [*RULES.values(), "torch/sdpa"]:
        row = [counts[rule, s] for s in STATUSES]
        if sum(row):
            lines.append(f"| `{rule}` | {sum(row)} | {row[0]} | {row[1]} | {row[2]} |")
    lines += ["", "The most frequent reasons of the rules of paper 001:", "", "| sites | rule | reason |", "|---:|---|---|"]
    lines += [f"| {n} | `{rule}` | {reason} |" for (rule, reason), n in reasons.most_common(10)]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    sites = collections.defaultdict(list)
    for row in csv.DictReader((ROOT / "bench/adopter_sites.tsv").open(encoding="utf-8"), delimiter="\t"):
        sites[row["model"]].append(row)
    counts, reasons = collections.Counter(), collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        names = (ROOT / "bench/attention_files.txt").read_text(encoding="utf-8").split()
        adopter = pool.map(lambda item: look_at(options.models, *item), sites.items())
        for rows in [*adopter, *pool.map(lambda name: look_at_attentions(options.models, name), names)]:
            for rule, result, message in rows:
                counts[rule, result] += 1
                if result == "refused" and message:
                    reasons[rule, re.sub(r"`[^`]*`", "…", message.split(":")[0])] += 1
    text = page(counts, reasons)
    if options.write:
        (ROOT / "docs/figures-optimize.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
