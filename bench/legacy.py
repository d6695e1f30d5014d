#!/usr/bin/env python3
"""What the rules of paper 001 find as they are written there, beside what the paper says they find.

usage: legacy.py MODELS [--write] [--jobs N]

MODELS is the folder transformers/models of release 4.35.0. The published counts of these files (applicable sites by its authors, sites
that its tool reported) are in bench/adopter_published.tsv. --write replaces docs/figures-legacy.md.
"""
import argparse
import collections
import concurrent.futures
import csv
import os
import pathlib
import sys

import optimize

ROOT = optimize.ROOT
NAMES = ["bert-self-attention", "t5-attention", "gpt2-attention", "softmax", "dropout-add-layernorm", "linear-gelu", "conv-batchnorm",
         "linear-batchnorm", "qkv"]
ALL = [(1, 1), (2, 2), (2, 2), (208, 197), (80, 80), (142, 136), (35, 31), (2, 2), (2, 2)]  # of all 199 files
CAUSES = {
    4: "Found in addition: a second site on one path (the paper's tool takes the first), calls inside other "
       "expressions, decorated and top-level "
       "functions, functions whose `dim` is -1 in every call. Not found: a function whose run the analysis cannot follow to that line.",
    5: "Found in addition: calls nested in the sum, the sum written the other way round, results under other names, "
       "statements in between, and "
       "values that are used again, which the rule does not forbid.",
    6: "Found in addition: a second site on one path, activations that are called inside another expression. Not found: "
       "a layer that is a Linear "
       "only under a condition of the constructor.",
    7: "Found in addition: pairs behind the first one of a path. Not found: a pair inside an nn.Sequential, which has "
       "no statements; the strict "
       "rule has a form for that.",
}


def published():
    with (ROOT / "bench/adopter_published.tsv").open(encoding="utf-8") as file:
        return {row["model"]: [tuple(map(int, (row[f"rule {i}"] or "0/0").split("/"))) for i in range(1, 10)]
                for row in csv.DictReader(file, delimiter="\t")}


def count(models, model):
    file = models / model / f"modeling_{model}.py"
    found = [f for f in optimize.findings(file, "adopter-legacy") if f["reason"] == "NW0419"]
    strict = [f for f in optimize.findings(file, "adopter") if f["status"] == "applicable"]
    packs = ("adopter-legacy", found), ("adopter", strict)
    counts = [[sum(f["rule"] == f"{pack}/{name}" for f in some) for name in NAMES] for pack, some in packs]
    return model, *counts


def page(rows, known):
    lines = ["# The rules of paper 001 as they are written there", "",
             f"Written by `bench/legacy.py MODELS --write`: {len(rows)} model files of transformers 4.35.0. The pack "
             "`adopter-legacy` holds the",
             "paper's own texts, read as the paper reads them, on the same matcher as all rules: a chain of calls, "
             "arguments open, objects not",
             "linked, values used anywhere. It finds and never rewrites. *Reported* is what the paper's tool says it "
             "found in these files, *correct*",
             "what its authors counted by hand; both are counts, the places are not published with them. *Strict* is "
             "what the rule of the pack",
             "`adopter` rewrites.", "",
             "| rule | all 199 files: correct / reported | these files: correct / reported | legacy finds | files that differ | strict |",
             "|---|---:|---:|---:|---:|---:|"]
    for i, name in enumerate(NAMES):
        correct, reported = (sum(known[m][i][k] for m, _, _ in rows) for k in (0, 1))
        found, strict = sum(row[1][i] for row in rows), sum(row[2][i] for row in rows)
        differ = sum(row[1][i] != known[row[0]][i][1] for row in rows)
        lines.append(f"| {i + 1} `{name}` | {ALL[i][0]} / {ALL[i][1]} | {correct} / {reported} | {found} | {differ} | {strict} |")
    lines += ["", "## Why they differ", "", "| rule | cause | more than reported | less |", "|---|---|---|---|"]
    for i in range(9):
        more = collections.Counter({m: found[i] - known[m][i][1] for m, found, _ in rows})
        if any(more.values()):
            lists = [", ".join(f"{m} {n:+d}" for m, n in sorted(more.items()) if (n > 0) == up and n) for up in (True, False)]
            lines.append(f"| {i + 1} | {CAUSES.get(i + 1, '')} | {lists[0]} | {lists[1]} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    known = published()
    there = [m for m in known if (options.models / m / f"modeling_{m}.py").exists()]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda model: count(options.models, model), there))
    text = page(rows, known)
    if options.write:
        (ROOT / "docs/figures-legacy.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
