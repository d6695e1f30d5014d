"""What `optimize` keeps for the next run: the same answers, and only as long as they are true."""

import json
import os
import subprocess

import pytest

MODEL = """\
from torch import nn

from layers import act


class Model(nn.Module):
    def forward(self, x):
        return act(x)
"""
LAYERS = {"softmax": "import torch\n\n\ndef act(x):\n    return torch.softmax(x, dim=-1)\n", "relu": "import torch\n\n\ndef act(x):\n    return torch.relu(x)\n"}


@pytest.fixture
def project(tmp_path):
    (tmp_path / "model.py").write_text(MODEL.replace("act(x)", "act(x) + x.softmax(-1)"))
    (tmp_path / "layers.py").write_text(LAYERS["relu"])
    return tmp_path


def run(netwright, project, *arguments, cache="kept", env=None):
    done = netwright("optimize", "--select", "adopter/softmax", "--check", "--format", "json", "--cache-dir", project / cache, *arguments,
                     "model.py", cwd=project, **({"env": env} if env else {}))
    return json.loads(done.stdout)["findings"] if done.stdout else done


def entries(project, cache="kept"):
    return sorted((project / cache).iterdir()) if (project / cache).exists() else []


def test_a_second_run_reads_what_the_first_one_kept(netwright, project):
    first = run(netwright, project)
    kept = entries(project)
    assert len(kept) == 1 and len(first) == 1
    stamp = kept[0].stat().st_mtime_ns
    assert run(netwright, project) == first
    assert entries(project)[0].stat().st_mtime_ns == stamp


def test_diffs_and_writing_come_from_it_too(netwright, project):
    plain = ["optimize", "--select", "adopter/softmax", "--assume-installed", "model.py"]
    without = netwright(*plain, "--no-cache", cwd=project).stdout
    assert "+from xformers" in without
    for _ in range(2):
        assert netwright(*plain, "--cache-dir", "kept", cwd=project).stdout == without
    assert netwright(*plain, "--cache-dir", "kept", "--write", cwd=project).returncode == 0
    assert "xformers" in (project / "model.py").read_text()


def test_a_changed_file_is_read_again(netwright, project):
    assert len(run(netwright, project)) == 1
    (project / "model.py").write_text(MODEL)
    assert run(netwright, project) == []


def test_a_changed_import_is_read_again(netwright, project):
    first = run(netwright, project)
    before = entries(project)[0].read_bytes()
    (project / "layers.py").write_text(LAYERS["softmax"])
    assert run(netwright, project) == first
    assert len(entries(project)) == 1 and entries(project)[0].read_bytes() != before


def test_an_import_that_appears_is_seen(netwright, project):
    (project / "layers.py").unlink()
    first = run(netwright, project)
    before = entries(project)[0].read_bytes()
    (project / "layers").mkdir()
    (project / "layers/__init__.py").write_text(LAYERS["relu"])
    assert run(netwright, project) == first
    assert entries(project)[0].read_bytes() != before


def test_other_options_are_other_entries(netwright, project):
    run(netwright, project)
    run(netwright, project, "--unsafe")
    run(netwright, project, "--root", project / "kept")
    assert len(entries(project)) == 3


@pytest.mark.parametrize("harm", [lambda b: b"", lambda b: b[:-7], lambda b: b[:40] + bytes([b[40] ^ 1]) + b[41:], lambda b: b"\0" * len(b)])
def test_a_broken_entry_counts_as_none(netwright, project, harm):
    first = run(netwright, project)
    entry = entries(project)[0]
    entry.write_bytes(harm(entry.read_bytes()))
    assert run(netwright, project) == first
    assert run(netwright, project) == first


def test_no_cache_keeps_nothing(netwright, project):
    run(netwright, project, "--no-cache")
    assert entries(project) == []


def test_the_usual_folder(netwright, project):
    done = netwright("optimize", "--check", "model.py", cwd=project, env={**os.environ, "XDG_CACHE_HOME": str(project / "home")})
    assert done.returncode in (0, 1)
    assert len(entries(project, "home/netwright")) == 1


@pytest.mark.parametrize("setting, folder", [("cache = false", None), ('cache-dir = "here"', "here")])
def test_the_project_decides(netwright, project, setting, folder):
    (project / "pyproject.toml").write_text(f"[tool.other]\ncache = true\n[tool.netwright]\n{setting}\n")
    done = netwright("optimize", "--check", "model.py", cwd=project, env={**os.environ, "XDG_CACHE_HOME": str(project / "home")})
    assert done.returncode in (0, 1)
    assert entries(project, "home/netwright") == []
    assert folder is None or len(entries(project, folder)) == 1


def test_a_folder_that_cannot_be_used_is_no_matter(netwright, project):
    (project / "file").write_text("")
    assert len(run(netwright, project, cache="file/kept")) == 1


def test_several_at_once(binary, project):
    for i in range(12):
        (project / f"model{i}.py").write_text(MODEL + f"\n\nNUMBER = {i}\n")
    command = [str(binary), "optimize", "--check", "--format", "json", "--cache-dir", "kept", "-j", "3", "."]
    several = [subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    answers = {process.communicate()[0] for process in several}
    assert len(answers) == 1
    assert not [e for e in entries(project) if e.name.startswith("draft-")]
