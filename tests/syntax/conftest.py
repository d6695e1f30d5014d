"""The program that dumps trees stands beside the command."""

import os
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from compare import Dumper


@pytest.fixture(scope="session")
def dumper_command(root):
    command = pathlib.Path(os.environ.get("NETWRIGHT", root / "build/netwright"))
    return [str(command.parent / "dump-syntax")]


@pytest.fixture(scope="session")
def tree_dump(dumper_command):
    """tree_dump(path): the text of --dump=ast."""
    dumper = Dumper(dumper_command, "ast")
    yield dumper
    dumper.close()


@pytest.fixture(scope="session")
def names_dump(dumper_command):
    """names_dump(path): the text of --dump=names."""
    dumper = Dumper(dumper_command, "names")
    yield dumper
    dumper.close()
