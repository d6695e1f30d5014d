"""What every test of the command shares."""

import os
import pathlib
import random
import subprocess
import sys
import zlib

import pytest

# One backend for all tests of a process: whoever imports keras first decides.
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROOT = pathlib.Path(__file__).resolve().parent.parent
# The sanitized builds run the same tests with another binary.
BINARY = pathlib.Path(os.environ.get("NETWRIGHT", ROOT / "build/netwright"))


@pytest.fixture(autouse=True)
def seed_of_test(request):
    """The seed of a test, by its name: it draws the same numbers whichever tests ran before it in its process."""
    value = zlib.crc32(request.node.nodeid.encode())
    random.seed(value)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(value)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(value)
    return value


@pytest.fixture(scope="session")
def root():
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def binary():
    """The path of the command."""
    return BINARY


@pytest.fixture(scope="session")
def netwright(tmp_path_factory):
    """Runs the command: netwright("show", path) gives a CompletedProcess with text output, or bytes with text=False.
    What it keeps for later runs does not outlive the tests."""
    cache = str(tmp_path_factory.mktemp("cache"))

    def run(*arguments, text=True, timeout=120, **options):
        options["env"] = {"XDG_CACHE_HOME": cache, **options.get("env", os.environ)}
        command = [str(BINARY), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=text, timeout=timeout, **options)
    return run
