#!/usr/bin/env python3
"""Builds and runs every model of builders.tsv in the real framework and records what it found in facts.tsv.

usage: record.py [--only REGEX] [--jobs N] [--builders TSV] [--facts TSV]

Rows that cannot be imported, built or run within a minute, or that have more than 300 million parameters, are left out and
listed on stderr. The state is kept as a count and the sha256 of its "name shape" lines, to keep the table small.
"""
import argparse
import concurrent.futures
import csv
import hashlib
import importlib
import multiprocessing
import pathlib
import re
import signal
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "migrate"), str(HERE.parent / "show"), str(HERE.parents[1] / "python")]

from torchvision_on_cpu import define_missing_operators

BUILDER_COLUMNS = ["package", "file", "entry", "inputs"]
FACT_COLUMNS = [*BUILDER_COLUMNS, "parameters", "buffers", "state", "state_sha256", "outputs"]
LARGEST = 300_000_000
SECONDS = 60


def module_of(file):
    parts = list(pathlib.PurePosixPath(file).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def state_digest(rows):
    text = "".join(f"{r['name']} {'x'.join(map(str, r['shape']))}\n" for r in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def shapes_text(outputs):
    return ";".join("x".join(map(str, o["shape"])) or "scalar" for o in outputs)


def facts_of(row):
    """Runs in a child process of its own."""
    import oracle
    import torch
    from netwright.verification.entry import Names
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    torch.manual_seed(0)
    module = importlib.import_module(module_of(row["file"]))
    model = eval(row["entry"], {}, Names(vars(module)))
    count = sum(p.numel() for p in model.parameters() if not isinstance(p, torch.nn.parameter.UninitializedTensorMixin))
    if count > LARGEST:
        raise ValueError(f"{count} parameters")
    truth = oracle.truth_of(model, row["inputs"].split())
    return {**row, "parameters": truth["parameters"], "buffers": truth["buffers"], "state": len(truth["state"]),
            "state_sha256": state_digest(truth["state"]), "outputs": shapes_text(truth["outputs"])}


def child(row, pipe):
    signal.alarm(SECONDS)
    sys.stdout = sys.stderr = open("/dev/null", "w")
    try:
        pipe.send(facts_of(row))
    except BaseException as error:
        pipe.send(f"{type(error).__name__}: {str(error)[:200]}")


def record(row):
    """The row with its facts, or a text that says why not."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe(False)
    process = fork.Process(target=child, args=(row, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    except EOFError:
        return "no answer in time"
    finally:
        process.kill()
        process.join()


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("\t".join(columns) + "\n")
        for row in rows:
            file.write("\t".join(str(row[c]) for c in columns) + "\n")


def key(row):
    return tuple(row[c] for c in BUILDER_COLUMNS)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="rows whose package, file and entry match; the others keep their facts")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--builders", default=HERE / "builders.tsv")
    parser.add_argument("--facts", default=HERE / "facts.tsv")
    options = parser.parse_args()
    keep = define_missing_operators()
    rows = read(options.builders)
    facts = {key(r): r for r in (read(options.facts) if pathlib.Path(options.facts).exists() else [])}
    chosen = [r for r in rows if re.search(options.only, " ".join(key(r)))]
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for row, found in zip(chosen, pool.map(record, chosen)):
            facts.pop(key(row), None)
            if isinstance(found, dict):
                facts[key(row)] = found
            else:
                print("left out:", row["package"], row["entry"], found, file=sys.stderr, flush=True)
    write(options.facts, FACT_COLUMNS, [facts[key(r)] for r in rows if key(r) in facts])
    print(len(facts), "models recorded;", "operators defined:", keep.ns)


if __name__ == "__main__":
    sys.exit(main())
