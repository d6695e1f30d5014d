"""Programs of Keras that become PyTorch as one writes it by hand: nothing in it emulates Keras, and both sides compute the same."""

import io
import json
import re
import tokenize

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
    assert len(text.splitlines()) < 2 * len(path.read_text().splitlines()) + 80


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_comments_stay(path, migrated):
    def comments(text):
        return {token.string for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type == tokenize.COMMENT}
    assert comments(path.read_text()) <= comments((migrated[path.stem][1] / path.name).read_text())


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


CLASS = '''\
class Block(nn.Module):
    """Two convolutions around a shortcut."""

    def __init__(self, filters, **kwargs):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(16, filters, 3, padding="same"), nn.ReLU())
        self.conv2 = nn.Conv2d(16, filters, 3, padding="same")
        self.norm = nn.BatchNorm2d(16, eps=0.001, momentum=0.01)
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        y = self.norm(y)
        return F.relu(x + self.drop(y))
'''

FUNCTION = '''\
    def forward(self, inputs):
        # the image
        x = self.conv2d(inputs)
        y = self.second(x)
        y = self.batch_normalization(y)
        x = x + y  # the shortcut
        x = self.activation(x + y)

        x = self.global_average_pooling2d(x)
        outputs = self.dense(x)
        return outputs


def make_net(classes=10):
    return MakeNet(classes)
'''


@pytest.mark.parametrize("name, text", [("classes", CLASS), ("functional_shortcut", FUNCTION)])
def test_texts_of_modules(name, text, migrated):
    assert text in (migrated[name][1] / f"{name}.py").read_text()


@pytest.mark.parametrize("change", [
    ("layers.Dense(10,", "layers.Dense(10, trainable=False,"), ("        ]\n", "        ]\n        if True else [layers.Lambda(print)]\n"),
], ids=["frozen", "never reached"])
def test_what_has_no_row_gets_adapters(binary, change, tmp_path):
    """All of a program is written by hand, or nothing of it."""
    path = HERE / "native" / "comments.py"
    text = path.read_text()
    assert text.count(change[0]) == 1
    (tmp_path / "comments.py").write_text(text.replace(*change))
    done = migrate(binary, tmp_path / "comments.py", tmp_path / "out", "--to", "torch", "-v")
    assert done.returncode == 0, done.stderr
    assert "in the place of adapters" in done.stderr and "class Layer(nn.Module):" in (tmp_path / "out" / "comments.py").read_text()


@pytest.mark.parametrize("name", ["comments", "classes", "transformer"])
def test_goes_back(name, binary, migrated, tmp_path):
    """What was written is a program of PyTorch like any other, and becomes one of Keras again."""
    path, out = HERE / "native" / f"{name}.py", migrated[name][1]
    turned = json.loads((out / "netwright.json").read_text())["inputs"][0].get("permute")
    text = (out / path.name).read_text()
    spec = re.search(r"^# input: (.*)\[(.*)\]", text, re.MULTILINE)
    sizes = spec.group(2).split(",")
    sizes = [sizes[axis] for axis in turned] if turned else sizes
    (tmp_path / path.name).write_text(text.replace(spec.group(0), f"# input: {spec.group(1)}[{','.join(sizes)}]"))
    done = migrate(binary, tmp_path / path.name, tmp_path / "back", "--to", "keras")
    assert done.returncode == 0, done.stderr
    assert "torch" not in (tmp_path / "back" / path.name).read_text()


def test_training_computes_what_it_did(migrated):
    """Averages move along, and what is drawn is drawn: PyTorch's own modules train with it."""
    torch = pytest.importorskip("torch")
    done, out = migrated["training_branches"]
    scope = {"__name__": "training_branches"}
    exec(compile((out / "training_branches.py").read_text(), "training_branches.py", "exec"), scope)
    model = scope["Net"]().train()
    x = torch.randn(4, 6)
    result, aside = model(x)
    assert result.shape == (4, 2) and aside.shape == (4, 3)
    assert torch.allclose(model.average.mean, 0.1 * model.dense(x).mean(0), atol=1e-6) and model.average.count == 1
    (result.sum() + aside.sum()).backward()
    assert all(weight.grad is not None for weight in model.parameters()), done.stderr
