"""Runs `netwright verify` with the interpreter that runs the tests."""

import json
import sys

import pytest

pytest.importorskip("torch")


@pytest.fixture
def verify(netwright, tmp_path):
    """verify(before, after, *options) on two texts gives the one result of the report, with the exit status as `status`."""

    def run(before, after, *options, expected=1):
        for name, text in (("before", before), ("after", after)):
            (tmp_path / f"{name}.py").write_text(text)
        done = netwright(
            "verify", "--python", sys.executable, "--format", "json", *options, tmp_path / "before.py", tmp_path / "after.py", timeout=300
        )
        assert done.returncode in (0, 1), done.stderr
        report = json.loads(done.stdout)
        assert done.returncode == (0 if report["counts"]["equal"] == len(report["results"]) else 1)
        assert len(report["results"]) == expected
        return report["results"][0] if expected == 1 else report["results"]

    return run
