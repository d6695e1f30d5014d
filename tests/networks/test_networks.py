"""The five networks, both ways: the same numbers. The full run, with a hundred inputs each, is `make corpus`."""
import json
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
NAMES = sorted(f"{path.parent.name}/{path.stem}" for path in HERE.glob("*/*.py"))


@pytest.mark.parametrize("name", NAMES)
def test_network(name, tmp_path):
    inputs = "2" if "vgg16" in name else "10"
    subprocess.run([sys.executable, str(HERE / "run_networks.py"), "--inputs", inputs, "--only", name, "--json", str(tmp_path / "rows.json")],
                   capture_output=True, timeout=900)
    rows = json.loads((tmp_path / "rows.json").read_text())
    assert [row["problem"] for row in rows] == [""]
    assert rows[0]["difference"] <= 1e-6
