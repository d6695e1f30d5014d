"""What every test of the command shares."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The sanitized builds run the same tests with another binary.
BINARY = pathlib.Path(os.environ.get("NETWRIGHT", ROOT / "build/netwright"))


@pytest.fixture(scope="session")
def root():
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def netwright():
    """Runs the command: netwright("show", path) gives a CompletedProcess with text output, or bytes with text=False."""
    def run(*arguments, text=True, timeout=120, **options):
        command = [str(BINARY), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=text, timeout=timeout, **options)
    return run
