"""What the tests of this folder share."""

import json

import pytest


@pytest.fixture
def optimize(netwright, tmp_path):
    """Writes the program, applies the rules to it, and gives the findings and the new text."""
    def run(program, select, *options):
        path = tmp_path / "net.py"
        path.write_bytes(program.encode())
        done = netwright("optimize", "--select", select, "--write", "--assume-installed", "--format", "json", *options, path)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["findings"], path.read_bytes().decode()

    return run
