"""Runs `verify` on mutants, in one process, so that frameworks are imported once; what it says of each.

A subject is right: its two sides are equal, or equal but for the names of weights. Its mutants are the
second side with one fault (mutate.py).
"""

import argparse
import copy
import dataclasses
import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import mutate

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))
verify = importlib.import_module("netwright.verification")
changes = importlib.import_module("netwright.verification.changes")
migration = importlib.import_module("netwright.verification.migration")
model = importlib.import_module("netwright.verification.model")
places = importlib.import_module("netwright.verification.places")
units = importlib.import_module("netwright.verification.units")

BINARY = os.environ.get("NETWRIGHT", str(ROOT / "build/netwright"))
PROGRAMS = sorted((ROOT / "tests/migrate/torch").glob("*.py"))
KERAS_PROGRAMS = sorted([*(ROOT / "tests/migrate/keras").glob("*.py"), *(ROOT / "tests/keras/programs").glob("*.py")])


def options_for(jobs=1):
    options = verify.parse(["--no-cache", "--jobs", str(jobs), "--timeout", "60"])
    options.quiet, options.workers = True, {}
    return options


@dataclasses.dataclass
class Subject:
    """Two sides that compute the same."""

    ring: str  # unit, model, migration
    name: str
    before: str
    after: str  # the file that is mutated
    entry: str = ""
    inputs: tuple = ()
    roots: tuple = ()


def header(path, key):
    lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
    return [line.split(":", 1)[1].strip() for line in lines[:12] if line.startswith(f"# {key}:")]


def is_wanted(path):
    """Whether a program says what to build, and that it can be migrated."""
    return bool(header(path, "entry")) and not header(path, "refuse")


def programs(folder, ring, paths=PROGRAMS, to="keras"):
    """The small programs that the tests migrate: as models of one framework, or as migrations."""
    found = []
    for path in filter(is_wanted, paths):
        entry, inputs = header(path, "entry")[0], tuple(header(path, "input"))
        if ring == "model":
            found.append(Subject("model", path.stem, str(path), str(path), entry, inputs))
            continue
        out = pathlib.Path(folder, f"migrations-{to}", path.stem)
        command = [BINARY, "migrate", "--to", to, "--entry", entry, *[f"--input={spec}" for spec in inputs], "-o", str(out), str(path)]
        if not out.exists():
            subprocess.run(command, capture_output=True, text=True)
            out.mkdir(parents=True, exist_ok=True)  # what could not be migrated is not tried again
        written = out / "netwright.json"
        if written.exists() and json.loads(written.read_text())["weights"]:
            found.append(Subject("migration", f"{path.stem} to {to}", str(path), str(out / path.name), entry, inputs, (str(path.parent),)))
    return found


def rewritten(files, folder, packs):
    """Files with all rewrites of the packs."""
    found = []
    for number, file in enumerate(files):
        target = pathlib.Path(folder, "rewritten", str(number), pathlib.Path(file).name)
        if target.exists():
            found.append(Subject("unit", pathlib.Path(file).stem, str(file), str(target)))
            continue
        if target.parent.exists():  # an earlier run has changed nothing in it
            continue
        target.parent.mkdir(parents=True)
        target.write_bytes(pathlib.Path(file).read_bytes())
        command = [BINARY, "optimize", "--write", "--unsafe", "--assume-installed", "--select", packs, str(target)]
        subprocess.run(command, capture_output=True, text=True)
        if target.read_bytes() != pathlib.Path(file).read_bytes():
            found.append(Subject("unit", pathlib.Path(file).stem, str(file), str(target)))
        else:
            target.unlink()
    return found


# What only counts in training, which migrations are not compared in.
TRAINING = re.compile(r"momentum|[Dd]ropout|stateful|seed")


# ---- running


class Hunter:
    def __init__(self, options, folder):
        self.options, self.folder, self.count = options, folder, 0
        self.pool = units.Pool(options)
        self.torch = model.worker_for(options, ["torch", "torch.nn", "safetensors.torch"])

    def close(self):
        self.pool.close()
        self.torch.close()
        for worker in self.options.workers.values():
            worker.close()

    def write(self, subject, text):
        self.count += 1
        path = pathlib.Path(self.folder, f"mutant{self.count}", pathlib.Path(subject.after).name)
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run(self, subject, text, name=None, content=None):
        """The result for the subject with another text (or map) on its second side; of a class, where one is named."""
        if subject.ring == "unit":
            return self.run_unit(subject, self.write(subject, text), name)
        if subject.ring == "model":
            return self.run_model(subject, self.write(subject, text))
        return self.run_migration(subject, text, content)

    def run_unit(self, subject, path, name):
        found = [unit for unit in units.units_of(subject.before, path, self.options, []) if unit[1] and unit[2]["class"] == name]
        if not found:
            return None
        with self.pool.worker(units.frameworks_to_load(found[0][1])) as worker:
            return units.Unit(worker, found[0][1], found[0][2], self.options, found[0][0]).run()

    def run_model(self, subject, path):
        sides = places.with_entry(places.places(subject.before, path, []), subject.entry)
        job = {"inputs": model.parse_inputs(subject.inputs), "gradients": True, "steps": 0}
        return model.run_pair(self.torch, *sides, job, self.options.rtol, name=subject.name)

    def run_migration(self, subject, text, content):
        self.count += 1
        out = pathlib.Path(self.folder, f"mutant{self.count}")
        out.mkdir()
        source = pathlib.Path(subject.after).parent
        for file in source.rglob("*"):
            if file.is_file():
                (out / file.relative_to(source)).write_bytes(file.read_bytes())
        (out / pathlib.Path(subject.after).name).write_text(text, encoding="utf-8")
        if content:
            (out / "netwright.json").write_text(json.dumps(content))
        options = copy.copy(self.options)
        options.input, options.root = list(subject.inputs), list(subject.roots)
        return migration.verify(str(out / "netwright.json"), options)


def packed(result):
    """How weights are joined: part of what is right."""
    return [(item["new"], item["old"], item["how"]) for item in (result or {}).get("packed") or ()]


def is_right(result):
    return bool(result) and (result["verdict"] == "equal" or result.get("kind") == "names")


def judged(result, mutant, baseline):
    """(found, named): whether the fault was told from the right one, and whether at its line, its layer, or by its words only."""
    if is_right(result) and packed(result) != packed(baseline):
        return "found", "layer"  # the weight is named, and in which order it is joined
    if result is None or is_right(result):
        return "missed", ""
    if result["verdict"] == "could not run":
        return result.get("kind") or "not run", ""
    lines = [result.get("line")] if result.get("line") else []
    found = result["divergence"]
    if found:
        inner = found.get("operation") or {}
        lines += [found[key] for key in ("before", "after")] + found["defined"] + found["made"] + [inner.get("before"), inner.get("after")]
    if any(line and mutant.first <= line[1] <= mutant.last for line in lines):
        return "found", "line"
    if found or result.get("kind") == "state" or ": gives " in (result["reason"] or ""):  # weights are named
        return "found", "layer"
    return "found", "line" if result.get("line") else "words"


def record(subject, mutant, result, verdict):
    return {
        "ring": subject.ring,
        "subject": subject.name,
        "kind": mutant.kind,
        "name": mutant.name,
        "lines": [mutant.first, mutant.last],
        "verdict": verdict[0],
        "named": verdict[1],
        "reason": (result or {}).get("reason"),
        "seconds": (result or {}).get("seconds"),
    }


def reaches(hunter, subject, text, mutant):
    """Whether the statement runs at all: it is put after one that raises."""
    lines = text.splitlines()
    indent = lines[mutant.first - 1][: len(lines[mutant.first - 1]) - len(lines[mutant.first - 1].lstrip())]
    if lines[mutant.first - 1].lstrip().startswith(("elif ", "else", "except", "finally")):
        return True
    lines.insert(mutant.first - 1, f"{indent}raise RuntimeError('reached')")
    return not is_right(hunter.run(subject, "\n".join(lines) + "\n", mutant.name))


def changed_line(text, mutant):
    """What was written and what is written now, for those who look at a mutant that was missed."""
    if mutant.first == 0:
        return ""
    old, new = text.splitlines(), mutant.apply(text).splitlines()
    return next((f"{one.strip()}  ->  {other.strip()}" for one, other in zip(old, new) if one != other), "")


def spread(candidates, count, random):
    """That many of [(subject, mutant)], of all kinds alike."""
    by_kind = {}
    for item in candidates:
        by_kind.setdefault(item[1].kind, []).append(item)
    for items in by_kind.values():
        random.shuffle(items)
    chosen = []
    while len(chosen) < count and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind] and len(chosen) < count:
                chosen.append(by_kind[kind].pop())
    return chosen


def of_some_classes(candidates, count, random):
    names = sorted({(subject.after, mutant.name) for subject, mutant in candidates})
    chosen = set(random.sample(names, min(count, len(names))))
    return [item for item in candidates if (item[0].after, item[1].name) in chosen]


def maps_of(subject):
    content = json.loads(pathlib.Path(subject.after).with_name("netwright.json").read_text())
    return [(subject, mutate.Mutant(kind, to, 0, 0, content=json.dumps(changed))) for kind, to, changed in mutate.mutated_maps(content)]


def candidates_of(subject):
    text = pathlib.Path(subject.after).read_text(encoding="utf-8")
    found = [(subject, mutant) for mutant in mutate.mutants(text)]
    if subject.ring == "unit":
        changed = {change["class"] for change in changes.changed_classes(subject.before, subject.after)[0]}
        found = [(subject, mutant) for subject, mutant in found if mutant.name in changed]
    return found + (maps_of(subject) if subject.ring == "migration" else [])


def key_of(row):
    return json.dumps([row[name] for name in ("ring", "subject", "kind", "name", "lines", "line")])


def hunt(hunter, chosen, say=None, done=(), deadline=float("inf")):
    """[record] of the chosen mutants of subjects that are right, and notes on those that are not; without those that are done."""
    baselines, records, notes = {}, [], []
    for subject, mutant in chosen:
        text = pathlib.Path(subject.after).read_text(encoding="utf-8")
        if mutant.first and not mutate.is_another(text, mutant) or time.monotonic() > deadline:
            continue
        if key_of({**record(subject, mutant, None, ("", "")), "line": changed_line(text, mutant)}) in done:
            continue
        key = (subject.ring, subject.name, mutant.name if subject.ring == "unit" else None)
        if key not in baselines:
            baselines[key] = hunter.run(subject, text, mutant.name)
            if not is_right(baselines[key]):
                notes.append(f"{subject.ring} {subject.name} {key[2] or ''}: {(baselines[key] or {}).get('reason')}")
        if not is_right(baselines[key]):
            continue
        is_map = mutant.first == 0
        result = hunter.run(subject, mutant.apply(text), mutant.name, json.loads(mutant.content) if is_map else None)
        verdict = judged(result, mutant, baselines[key])
        if verdict[0] == "missed" and subject.ring == "migration" and TRAINING.search(changed_line(text, mutant)):
            verdict = "training", ""
        if verdict[0] == "missed" and not is_map and not reaches(hunter, subject, text, mutant):
            verdict = "unreached", ""
        records.append({**record(subject, mutant, result, verdict), "line": changed_line(text, mutant)})
        if say:
            say(records[-1])
    return records, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="model files whose rewrites are mutated")
    parser.add_argument("--packs", default="torch,adopter")
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--models", type=int, default=100)
    parser.add_argument("--migrations", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="mutants.jsonl")
    parser.add_argument("--keep", help="a folder where rewritten files and migrations are kept from run to run")
    parser.add_argument("--classes", type=int, default=80, help="of how many rewritten classes")
    parser.add_argument("--kinds", default=".", help="only kinds of faults that this matches")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="start none after that; those in --out are not run again")
    options = parser.parse_args()
    deadline = time.monotonic() + options.seconds
    done = set()
    if os.path.exists(options.out):
        with open(options.out, encoding="utf-8") as file:
            done = {key_of(row) for row in map(json.loads, file) if "note" not in row}
    import random

    with tempfile.TemporaryDirectory(prefix="netwright-") as folder, open(options.out, "a", encoding="utf-8") as out:
        hunter, kept = Hunter(options_for(), folder), options.keep or folder
        try:
            subjects = {
                "migration": lambda: programs(kept, "migration") + programs(kept, "migration", KERAS_PROGRAMS, "torch"),
                "model": lambda: programs(folder, "model"),
                "unit": lambda: rewritten(options.files, kept, options.packs),
            }
            for ring, count in (("migration", options.migrations), ("model", options.models), ("unit", options.units)):
                candidates = [item for subject in subjects[ring]() for item in candidates_of(subject)] if count else []
                chance = random.Random(f"{options.seed} {ring}")  # what one ring draws does not hang on the others
                if ring == "unit":
                    candidates = of_some_classes(candidates, options.classes, chance)
                chosen = spread([item for item in candidates if re.search(options.kinds, item[1].kind)], count, chance)
                chosen.sort(key=lambda item: (item[0].name, item[1].name))
                _, notes = hunt(hunter, chosen, lambda row: (out.write(json.dumps(row) + "\n"), out.flush()), done, deadline)
                out.write("".join(json.dumps({"note": note}) + "\n" for note in notes))
        finally:
            hunter.close()


if __name__ == "__main__":
    main()
