"""`netwright weights MAP IN OUT`: makes the checkpoint of a migrated model from that of its source, as the migration map says.

First everything is checked on names and shapes alone, so that nothing is written when something does not fit; then each target is read,
put together and written, one at a time.
"""

import json
import os
import sys

from .checkpoints import format_of, written
from .progress import over
from .streams import Unreadable
from .tensors import Lazy, Misfit, apply

SHOWN = 20


class WrongUsage(Exception):
    """The map or the names of the files make no sense."""


class Refused(Exception):
    """Parameters that are missing, left over or misshapen; `problems` holds a line for each."""

    def __init__(self, problems):
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def strings(value):
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_shape(value):
    """A list of sizes; null is a size that is not known."""
    return isinstance(value, list) and all(size is None or (isinstance(size, int) and size >= 0) for size in value)


def fits(shape, wanted):
    return len(shape) == len(wanted) and all(size is None or size == own for own, size in zip(shape, wanted))


def read_map(path):
    """The map, checked for its form; WrongUsage says what is wrong."""
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):  # a pipe would be waited for, a device has no end
        raise WrongUsage(f"{path}: not a regular file")
    try:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
    except OSError as error:
        raise WrongUsage(f"{path}: {error.strerror}") from None
    except ValueError as error:
        raise WrongUsage(f"{path}: not JSON: {error}") from None
    if not isinstance(content, dict) or content.get("version") != 1:
        raise WrongUsage(f"{path}: not a migration map of version 1")
    weights = content.get("weights")
    if not isinstance(weights, list) or not strings(content.get("unused", [])):
        raise WrongUsage(f"{path}: `weights` is a list of targets, and `unused` a list of names")
    for entry in weights:
        good = isinstance(entry, dict) and isinstance(entry.get("to"), str) and entry["to"] and strings(entry.get("from")) \
            and isinstance(entry.get("ops", []), list) and is_shape(entry.get("shape") or [])
        shapes = entry.get("from_shapes", []) if good else None
        if not good or not isinstance(shapes, list) or len(shapes) not in (0, len(entry["from"])) or not all(map(is_shape, shapes)):
            raise WrongUsage(f"{path}: no target of a map: {json.dumps(entry)[:200]}")
    return content


def plan(content, reader):
    """What each target will be, {name: (dtype, shape)}; Refused with all that does not fit."""
    targets, problems, used = {}, set(), set(content.get("unused", []))
    for entry in content["weights"]:
        name = entry["to"]
        used.update(entry["from"])
        missing = [source for source in entry["from"] if source not in reader.tensors]
        problems.update(f"{source}: missing; {name} needs it" for source in missing)
        if name in targets:
            problems.add(f"{name}: made twice by the map")
        targets[name] = None
        if missing:
            continue
        sources = [Lazy(*reader.tensors[source]) for source in entry["from"]]
        wrong = [(source, tensor, shape) for source, tensor, shape in zip(entry["from"], sources, entry.get("from_shapes", []))
                 if not fits(tensor.shape, shape)]
        problems.update(f"{source}: its shape is {list(tensor.shape)}, the map says {shape}" for source, tensor, shape in wrong)
        try:
            made = apply(entry.get("ops", []), sources)
        except Misfit as error:
            if not wrong:
                problems.add(f"{' + '.join(entry['from']) or name}: does not fit {name}: {error}")
            continue
        if entry.get("shape") is not None and not fits(made.shape, entry["shape"]) and not wrong:
            problems.add(f"{' + '.join(entry['from']) or name}: gives {name} the shape {list(made.shape)}, the model has {entry['shape']}")
        targets[name] = made.dtype, made.shape
    skipped = set(reader.skipped) - used
    problems.update(f"{name}: left over; no target needs it" for name in reader.tensors.keys() - used - skipped)
    if problems:
        raise Refused(sorted(problems))
    return targets


def convert(map_path, source, target, progress=False):
    """Converts a checkpoint; a dict of what was done. Raises WrongUsage, Refused, Unreadable, OSError."""
    content = read_map(map_path)
    pairs = []
    for path in (source, target):
        pairs.append(format_of(path))
        if not pairs[-1]:
            raise WrongUsage(f"{path}: a checkpoint's name ends in .safetensors, .pt, .pth, .weights.h5 or .npz")
    reader = None
    try:
        reader = pairs[0][1](source)
        targets = plan(content, reader)
        with written(target) as temporary:
            writer = pairs[1][2](temporary, targets)
            try:
                for entry in over(content["weights"], len(content["weights"]), "tensors", progress):
                    writer.write(entry["to"], apply(entry.get("ops", []), [reader.read(name) for name in entry["from"]]))
            finally:
                writer.close()
    except Unreadable as error:
        raise Unreadable(f"{source} to {target}: {error}" if reader else f"{source}: {error}") from None
    finally:
        if reader:
            reader.close()
    used = {name for entry in content["weights"] for name in entry["from"]}
    return {"tensors": len(targets), "bytes": os.path.getsize(target), "skipped": sorted(set(reader.skipped) - used)}


def main(arguments):
    """The command: `[--quiet] MAP IN OUT`; the exit status."""
    quiet = "--quiet" in arguments
    paths = [argument for argument in arguments if argument != "--quiet"]

    def say(text):
        print(f"netwright weights: {text}", file=sys.stderr)

    try:
        done = convert(*paths, progress=sys.stderr.isatty() and not quiet)
    except Refused as refused:
        count = len(refused.problems)
        say(f"{count} problem{'s' * (count > 1)}, nothing was written")
        for line in refused.problems[:SHOWN]:
            print(f"  {line}", file=sys.stderr)
        if count > SHOWN:
            print(f"  ... and {count - SHOWN} more", file=sys.stderr)
        return 1
    except Unreadable as error:
        say(f"{error}; nothing was written")
        return 1
    except (WrongUsage, OSError) as error:
        say(error)
        return 2
    if not quiet:
        extra = f"; left aside: {len(done['skipped'])} variables of optimizers and random generators" if done["skipped"] else ""
        say(f"{done['tensors']} tensors, {done['bytes']} bytes in {paths[2]}{extra}")
    return 0
