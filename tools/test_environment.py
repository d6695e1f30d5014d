#!/usr/bin/env python3
"""Run a command in the virtual environment of the tests, which has the frameworks and the model collections.

usage: test_environment.py COMMAND [ARGUMENT...]
"""

import os
import sys

from environment import CACHE, ROOT, make_environment


def main():
    folder = make_environment(CACHE / "test-venv", ROOT / "tests/requirements.txt", ROOT / "tests/corpora.txt")
    path = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ.update(PATH=path, VIRTUAL_ENV=str(folder), PYTHONPATH=str(ROOT / "python"))
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
