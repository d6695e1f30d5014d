#!/usr/bin/env python3
"""Print the C files, or those with another suffix, below the given folders, sorted, as paths from the root of the checkout.

usage: list_sources.py [--suffix .py] FOLDER...

Meson asks for this list when it configures; tools/build.py configures again when the list has changed.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def list_sources(folders, suffix=".c"):
    return sorted(path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}"))


def main():
    folders, suffix = sys.argv[1:], ".c"
    if folders[0] == "--suffix":
        suffix, folders = folders[1], folders[2:]
    for source in list_sources(folders, suffix):
        print(source)


if __name__ == "__main__":
    main()
