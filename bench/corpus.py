#!/usr/bin/env python3
"""The full runs over public model collections: what `show` reads, in closed and in open mode, and what `migrate` writes.

usage: corpus.py [--write] [--jobs N] [--page show|migrate]

Prints the tables of figures; with --write they also replace docs/figures-show.md and docs/figures-migrate.md. Exit 1 when one
of the runs fails.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))
PAGES = {
    "show": ("# What `netwright show` reads\n\nWritten by `make corpus ARGS=--write`. The models and packages: `tests/corpus/README.md`.\n", [
        ("Closed mode: models that were built and run", ["tests/corpus/run_show.py"]),
        ("Open mode: the PyTorch model files of transformers 4.35.0", ["tests/open/run_open.py"])]),
    "migrate": ("# What `netwright migrate` writes\n\nWritten by `make corpus ARGS=--write`. The models and packages: `tests/corpus/README.md`.\n", [
        ("Five networks of the literature, both ways", ["tests/networks/run_networks.py"]),
        ("Models of public packages, from PyTorch to Keras", ["tests/corpus/run_migrate.py", "--execute", "2"]),
        ("The same to Keras and back to PyTorch", ["tests/corpus/run_round_trips.py", "--sample", "12", "--weights", "1", "--execute", "1"])]),
}
# The scripts that take more than one job.
PARALLEL = {"tests/corpus/run_show.py", "tests/open/run_open.py", "tests/corpus/run_migrate.py", "tests/corpus/run_round_trips.py"}


def run(title, command, jobs, table):
    """(ended well, the section of the page)"""
    table.unlink(missing_ok=True)
    print(f"{title}\n", flush=True)
    script, *more = command
    more += ["--netwright", NETWRIGHT, "--jobs", str(jobs)] if script in PARALLEL else []
    done = subprocess.run([sys.executable, str(ROOT / script), *more, "--markdown", str(table)])
    return done.returncode == 0, f"\n## {title}\n\n{table.read_text(encoding='utf-8') if table.exists() else 'No answer.'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--page", choices=sorted(PAGES))
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in [options.page] if options.page else PAGES:
            page, runs = PAGES[name]
            for title, command in runs:
                well, section = run(title, command, options.jobs, pathlib.Path(folder) / "table.md")
                failed |= not well
                page += section
            if options.write:
                (ROOT / f"docs/figures-{name}.md").write_text(page, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
