"""The functions of the package: plain data in, plain data out."""

import sys

import netwright
import pytest

GELU = '''import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)

    def forward(self, x):
        x = self.fc(x)
        return 0.5 * x * (1 + torch.erf(x / 1.4142135623730951))
'''


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "net.py"
    path.write_text(GELU)
    return path


def test_show(path):
    said = netwright.show(path, entry="Net()", inputs=["f32[2,4]"])
    assert said["parameters"] == 15 and said["outputs"][0]["shape"] == [2, 3]


def test_optimize_finds_and_writes(path):
    found = netwright.optimize(path, select="torch/gelu")["findings"]
    assert [(f["rule"], f["status"]) for f in found] == [("torch/gelu", "applicable")] and path.read_text() == GELU
    found = netwright.optimize(path, select="torch/gelu", write=True)["findings"]
    assert found[0]["status"] == "applied" and "nn.functional.gelu(x)" in path.read_text()


def test_migrate_gives_texts_and_leaves_nothing(path, tmp_path):
    made = netwright.migrate(path, to="keras", entry="Net()", inputs=["f32[2,4]"])
    assert made["map"]["untranslated"] == [] and "keras" in made["files"]["net.py"]
    assert list(tmp_path.iterdir()) == [path]
    netwright.migrate(path, to="keras", entry="Net()", inputs=["f32[2,4]"], output=tmp_path / "out")
    assert (tmp_path / "out/net.py").read_text() == made["files"]["net.py"] and (tmp_path / "out/netwright.json").exists()


def test_verify(path, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    after = tmp_path / "after.py"
    after.write_text(GELU.replace("0.5 *", "0.25 *"))
    options = {"entry": "Net()", "inputs": ["f32[2,4]"], "python": sys.executable}
    assert netwright.verify(path, path, **options)["counts"]["differs"] == 0
    assert netwright.verify(path, after, **options)["counts"]["differs"] == 1


def test_wrong_usage_is_an_exception(tmp_path):
    with pytest.raises(netwright.Failed, match="missing.py") as caught:
        netwright.show(tmp_path / "missing.py")
    assert caught.value.status == 2
