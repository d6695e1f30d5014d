"""`netwright migrate --verify`: only a migrated program that has been run beside its source, and gave the same, is put in place.

The command migrates into a folder of its own; `verify` runs both sides; where they are not shown to be equal, the program is put beside the
place it was meant for.
"""

import argparse
import os
import shutil
import subprocess
import sys

from . import verification
from .verification import report, scratch
from .verification.entry import BadSpec


def parse(arguments):
    at = arguments.index("--")
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--program")
    parser.add_argument("--output")
    parser.add_argument("--root", action="append", default=[])
    parser.add_argument("--cache-dir")
    parser.add_argument("--no-cache", action="store_true")
    return parser.parse_args(arguments[:at]), arguments[at + 1 :]


def migrate(options, rest, stage):
    """The status of the run that migrates; what it says names the place that was asked for."""
    done = subprocess.run([options.program, "migrate", "-o", stage, *rest], capture_output=True, text=True, errors="surrogateescape")
    sys.stdout.write(done.stdout.replace(stage, options.output))
    sys.stderr.write(done.stderr.replace(stage, options.output))
    return done.returncode


def verify(options, stage):
    """The report of ring 3 on what lies in the stage."""
    more = ["--cache-dir", options.cache_dir] if options.cache_dir else []
    more += ["--no-cache"] if options.no_cache else []
    own = verification.parse(["--map", os.path.join(stage, "netwright.json"), *[f"--root={root}" for root in options.root], *more])
    own.moved = [(stage, "@migrated")]
    try:
        return verification.run(own)
    finally:
        own.store.close()


def put(stage, place):
    shutil.copytree(stage, place, dirs_exist_ok=True)


def main(arguments):
    options, rest = parse(arguments)
    with scratch.Folder() as folder:
        stage = os.path.join(folder, "migrated")
        status = migrate(options, rest, stage)
        if status > 1 or not os.path.isdir(stage):
            return status
        if status == 1:  # a person has to go on with it, and can see where
            put(stage, options.output)
            print("netwright migrate: not verified: not all of it is translated", file=sys.stderr)
            return status
        try:
            found = verification.without_infinities(verify(options, stage))
        except BadSpec as error:
            print(f"netwright migrate: {error}", file=sys.stderr)
            return 2
        equal = found["counts"]["equal"] == len(found["results"])
        place = options.output if equal else options.output.rstrip("/") + ".withheld"
        put(stage, place)
        sys.stdout.write(report.text(found).replace(stage, place))
        if not equal:
            print(f"netwright migrate: not shown to be equal, so nothing was written to {options.output}; it lies in {place}", file=sys.stderr)
        return 0 if equal else 1
