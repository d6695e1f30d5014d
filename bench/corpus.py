#!/usr/bin/env python3
"""The full runs of `netwright show` over public model collections: closed mode, then open mode.

usage: corpus.py [--write] [--jobs N]

Prints both tables of figures; with --write they also replace docs/figures-show.md. Exit 1 when one of the runs fails.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
NETWRIGHT = os.environ.get("NETWRIGHT", str(ROOT / "build" / "netwright"))
RUNS = [("Closed mode: models that were built and run", "tests/corpus/run_show.py"),
        ("Open mode: the PyTorch model files of transformers 4.35.0", "tests/open/run_open.py")]
PAGE = "# What `netwright show` reads\n\nWritten by `make corpus ARGS=--write`. The models and packages: `tests/corpus/README.md`.\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    page, failed = PAGE, False
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "table.md"
        for title, script in RUNS:
            table.unlink(missing_ok=True)
            print(f"{title}\n", flush=True)
            command = [sys.executable, str(ROOT / script), "--netwright", NETWRIGHT, "--jobs", str(options.jobs), "--markdown", str(table)]
            failed |= subprocess.run(command).returncode != 0
            page += f"\n## {title}\n\n{table.read_text(encoding='utf-8') if table.exists() else 'No answer.'}"
    if options.write:
        (ROOT / "docs/figures-show.md").write_text(page, encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
