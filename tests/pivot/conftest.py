"""The program that compares two networks stands beside the command."""

import json
import os
import pathlib
import subprocess

import pytest


class Answer:
    """What `compare-pivot` says: equal, the sentence, the migration map."""

    def __init__(self, done):
        not_understood = done.returncode == 2 and "[NW02" in done.stderr
        assert done.returncode in (0, 1) or not_understood, done.stderr
        self.equal = done.returncode == 0
        self.sentence, _, rest = done.stdout.partition("\n")
        if not_understood:
            self.sentence = "the networks differ: " + done.stderr
        self.map = json.loads(rest) if rest else None


@pytest.fixture(scope="session")
def compare(root):
    """compare(source, entry, target, entry, *inputs): an Answer."""
    command = pathlib.Path(os.environ.get("NETWRIGHT", root / "build/netwright")).parent / "compare-pivot"

    def run(*arguments):
        done = subprocess.run([str(command), *map(str, arguments)], capture_output=True, text=True, timeout=240)
        return Answer(done)
    return run
