"""`netwright verify`: shows that two programs compute the same, by running both.

User code runs in children only (worker.py), never here. A result says what ran: `equal`, `differs`, or `could not run` with the reason.
"""

import argparse
import functools
import json
import math
import sys
import time

from . import migration, model, page, places, reading, report, stored, units
from .entry import BadSpec

VERDICTS = ("equal", "differs", "could not run")


def parse(arguments):
    parser = argparse.ArgumentParser(prog="netwright verify", add_help=False)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--entry")
    parser.add_argument("--input", action="append", default=[])
    parser.add_argument("--map")
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--grad", action="store_true")
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--rtol", type=float, default=1e-5)
    parser.add_argument("--timeout", type=float, default=120.0)
    parser.add_argument("--memory", type=int, default=8 << 30)
    parser.add_argument("--max-file-size", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--format", default="text")
    parser.add_argument("--color", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--cache-dir")
    parser.add_argument("--no-cache", action="store_true")
    options = parser.parse_args(arguments)
    options.workers = None
    options.max_file_size = options.max_file_size or reading.MOST
    options.store = stored.Store(options.cache_dir, not options.no_cache)
    return options


def finish(results, ring, started):
    counts = {verdict: sum(result["verdict"] == verdict for result in results) for verdict in VERDICTS}
    return {"version": 1, "ring": ring, "counts": counts, "seconds": round(time.monotonic() - started, 3), "results": results}


def verify_model(options):
    """Ring 3 within PyTorch."""
    sides = places.with_entry(places.places(*options.paths, options.root, options.max_file_size), options.entry)
    job = {"inputs": model.parse_inputs(options.input), "gradients": options.grad or options.steps > 0, "steps": options.steps}
    parts = ["model", sides, options.paths, options.entry, job, options.rtol, options.root]
    with model.worker_for(options, ["torch", "torch.nn", "safetensors.torch"]) as worker:
        run = functools.partial(model.run_pair, worker, *sides, job, options.rtol, name=options.entry)
        return [stored.remember(options.store, parts, [worker], run)]


def run(options):
    """The report: a dict, as `--format json` prints it."""
    started = time.monotonic()
    if options.map:
        if options.paths:
            raise BadSpec("--map names both sides; give no others")
        return finish([migration.verify(options.map, options)], 3, started)
    if len(options.paths) != 2:
        raise BadSpec("give two files or two folders, before and after")
    if options.entry:
        return finish(verify_model(options), 3, started)
    results, notes = units.verify(*options.paths, options)
    return {**finish(results, 2, started), "notes": notes}


def without_infinities(value):
    """The same, with what JSON has no numbers for as text."""
    if isinstance(value, dict):
        return {key: without_infinities(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [without_infinities(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "infinite"
    return value


def main(arguments):
    options = parse(arguments)
    try:
        found = run(options)
    except BadSpec as error:
        print(f"netwright verify: {error}", file=sys.stderr)
        return 2
    finally:
        options.store.close()
    if options.format == "json":
        print(json.dumps(without_infinities(found), indent=1))
    elif options.format == "html":
        sys.stdout.write(page.page(found))
    else:
        sys.stdout.write(report.text(found, options.color, options.verbose))
    if any(result.get("kind") == "unreadable" for result in found["results"]):
        return 2
    return 0 if found["counts"]["equal"] == len(found["results"]) else 1
