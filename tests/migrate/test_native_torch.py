"""Programs of Keras that become PyTorch as one writes it by hand: nothing in it emulates Keras, and both sides compute the same."""

import json
import re

import pytest
from migrate_programs import HERE, TOLERANCE, migrate, run_pairs

PROGRAMS = sorted(HERE.glob("native/*.py"))


@pytest.fixture(scope="module")
def migrated(binary, tmp_path_factory):
    """What migrate made of every program: name -> (finished process, folder)."""
    base = tmp_path_factory.mktemp("native")
    return {path.stem: (migrate(binary, path, base / path.stem, "--to", "torch", "-v"), base / path.stem) for path in PROGRAMS}


@pytest.fixture(scope="module")
def compared(binary, migrated, tmp_path_factory):
    """Both sides of every program, run in one process of their own: name -> {"error", "difference"}."""
    return run_pairs("run_keras_pairs.py", binary, tmp_path_factory.mktemp("compare"),
                     [(path, out) for path in PROGRAMS for done, out in [migrated[path.stem]] if done.returncode == 0])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_computes_the_same(path, migrated, compared):
    done, _ = migrated[path.stem]
    assert done.returncode == 0, done.stderr
    result = compared[path.stem]
    assert result["error"] is None, result["error"]
    assert result["difference"] < TOLERANCE


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_is_written_by_hand(path, migrated):
    done, out = migrated[path.stem]
    text = (out / path.name).read_text()
    assert "KerasTensor" not in text and "def call(" not in text, done.stderr
    assert len(text.splitlines()) < 2 * len(path.read_text().splitlines()) + 30


GOLDEN = '''\
def make_model():
    return nn.Sequential(
        # the only convolution
        nn.Conv2d(1, 8, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),  # half
        nn.Flatten(),
        nn.Linear(1352, 10),
        nn.Softmax(dim=-1),
    )
'''


def test_text(migrated):
    assert (migrated["comments"][1] / "comments.py").read_text().endswith("from torch import nn\n\n\n" + GOLDEN)


def test_images_have_their_channels_first(migrated):
    content = json.loads((migrated["comments"][1] / "netwright.json").read_text())
    assert content["inputs"][0]["permute"] == [0, 3, 1, 2] and "permute" not in content["outputs"][0]


def test_layout_and_flatten_of_the_source(binary, tmp_path):
    """Without moving channels convolutions need adapters; a flatten that keeps its order needs a turn."""
    path = HERE / "native" / "comments.py"
    kept = migrate(binary, path, tmp_path / "kept", "--to", "torch", "--layout", "channels_last")
    assert kept.returncode == 0 and "class Layer(nn.Module):" in (tmp_path / "kept" / "comments.py").read_text()
    turned = migrate(binary, path, tmp_path / "turned", "--to", "torch", "--flatten", "transpose")
    assert turned.returncode == 0
    text = (tmp_path / "turned" / "comments.py").read_text()
    assert re.search(r"ChannelsLast\(\),\n +nn\.Flatten\(\),", text)
    content = json.loads((tmp_path / "turned" / "netwright.json").read_text())
    assert [one["ops"] for one in content["weights"] if one["shape"] == [10, 1352]] == [[["transpose", [1, 0]]]]
