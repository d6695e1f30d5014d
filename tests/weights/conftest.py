"""Converts checkpoints by the command, with the interpreter that runs the tests."""

import json
import sys

import pytest


@pytest.fixture
def convert(netwright, tmp_path):
    """convert(weights, source, target, **more of the map) runs `netwright weights`; the CompletedProcess."""
    def run(weights, source, target, **more):
        path = tmp_path / "netwright.json"
        path.write_text(json.dumps({"version": 1, "from": "torch", "to": "keras", "weights": weights, "untranslated": [], **more}))
        return netwright("weights", "--python", sys.executable, path, source, target)
    return run


@pytest.fixture
def converted(convert):
    """The same, and it has to succeed."""
    def run(*arguments, **more):
        done = convert(*arguments, **more)
        assert done.returncode == 0, done.stderr
    return run


@pytest.fixture
def refused(convert):
    """The same, and it has to be refused without a trace; gives the messages."""
    def run(weights, source, target, **more):
        before = sorted(target.parent.iterdir())
        done = convert(weights, source, target, **more)
        assert done.returncode == 1, done.stderr
        assert "nothing was written" in done.stderr
        assert sorted(target.parent.iterdir()) == sorted({*before, target.parent / "netwright.json"})
        return done.stderr
    return run
