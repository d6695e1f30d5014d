#!/usr/bin/env python3
"""Print the C files below the given folders, sorted, as paths from the root of the checkout.

usage: list_sources.py FOLDER...

Meson asks for this list when it configures; tools/build.py configures again when the list has changed.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def list_sources(folders):
    return sorted(path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*.c"))


if __name__ == "__main__":
    for source in list_sources(sys.argv[1:]):
        print(source)
