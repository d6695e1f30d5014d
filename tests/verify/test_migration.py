"""Ring 3 across frameworks: the two sides of a migration map."""

import json
import os
import sys

import pytest

pytestmark = pytest.mark.slow

pytest.importorskip("keras")

TORCH = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, stride=2)
        self.norm = nn.BatchNorm2d(6)
        self.embed = nn.Linear(6, 8)
        self.scale = nn.LayerNorm(8)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        return x, self.scale(self.embed(x.mean((2, 3))))
"""
KERAS = """import keras
from keras import layers, ops


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(6, 3, strides=2)
        self.norm = layers.BatchNormalization(epsilon=1e-5)
        self.embed = layers.Dense(8)
        self.scale = layers.LayerNormalization(epsilon=1e-5)

    def call(self, x):
        x = ops.relu(self.norm(self.conv(x)))
        return x, self.scale(self.embed(ops.mean(x, (1, 2))))
"""
# Where Keras saves them: what comes after `layers` in the alphabet lies within it.
PLACES = {"conv": "conv", "norm": "layers/batch_normalization", "embed": "embed", "scale": "layers/layer_normalization"}
NAMES = {
    "conv": ["weight", "bias"],
    "norm": ["weight", "bias", "running_mean", "running_var"],
    "embed": ["weight", "bias"],
    "scale": ["weight", "bias"],
}
ORDERS = {"conv.weight": ([2, 3, 1, 0], [3, 2, 0, 1]), "embed.weight": ([1, 0], [1, 0])}


def layout(there):
    return [0, 2, 3, 1] if there else [0, 3, 1, 2]


def write_map(folder, to_keras):
    weights = []
    for layer, names in NAMES.items():
        for number, name in enumerate(names):
            ours, theirs = f"{layer}.{name}", f"{PLACES[layer]}/vars/{number}"
            order = ORDERS.get(ours, ([], []))[not to_keras]
            weights.append(
                {"to": theirs if to_keras else ours, "from": [ours if to_keras else theirs], "ops": [["transpose", order]] if order else []}
            )
    if not to_keras:
        weights.append({"to": "norm.num_batches_tracked", "from": [], "ops": [["fill", 0, [], "int64"]]})
    content = {
        "version": 1,
        "from": "torch" if to_keras else "keras",
        "to": "keras" if to_keras else "torch",
        "entry": "net:Net()",
        "inputs": [{"name": "x", "permute": layout(to_keras)}],
        "outputs": [{"name": "0", "permute": layout(to_keras)}, {"name": "1"}],
        "weights": weights,
        "unused": ["norm.num_batches_tracked"],
        "untranslated": [],
        "notes": [],
    }
    folder.mkdir(exist_ok=True)
    (folder / "netwright.json").write_text(json.dumps(content))
    return content


@pytest.fixture
def migrated(netwright, tmp_path):
    """migrated(source, target, to_keras) writes both sides and a map and verifies them; the one result."""

    def run(source, target, to_keras=True, edit=None, backend="tensorflow", more=()):
        content = write_map(tmp_path / "out", to_keras)
        if edit:
            edit(content)
            (tmp_path / "out/netwright.json").write_text(json.dumps(content))
        (tmp_path / "net.py").write_text(source)
        (tmp_path / "out/net.py").write_text(target)
        size = "f32[2,3,9,9]" if to_keras else "f32[2,9,9,3]"
        done = netwright(
            "verify",
            "--map",
            tmp_path / "out/netwright.json",
            "--root",
            tmp_path,
            "--input",
            size,
            "--format",
            "json",
            "--python",
            sys.executable,
            *more,
            env={**os.environ, "KERAS_BACKEND": backend},
            timeout=300,
        )
        assert done.returncode in (0, 1), done.stderr
        (result,) = json.loads(done.stdout)["results"]
        assert done.returncode == (result["verdict"] != "equal")
        return result

    return run


def test_torch_to_keras(migrated):
    result = migrated(TORCH, KERAS)
    assert result["verdict"] == "equal", result
    worst = result["checks"][0]["worst"]
    assert worst["fp32"]["rel"] < 1e-5 and worst["fp64"]["rel"] < 1e-10 and result["checks"][0]["tensors"] == 2


def test_on_the_torch_backend_fp64_says_nothing(migrated):
    result = migrated(TORCH, KERAS, backend="torch")
    assert result["verdict"] == "equal" and "precision-limited" in result["notes"][0]


def test_keras_to_torch(migrated):
    result = migrated(KERAS, TORCH, to_keras=False)
    assert result["verdict"] == "equal", result
    assert result["checks"][0]["worst"]["fp64"]["rel"] < 1e-10


GRADIENTS = sorted(["input 0", *[f"{layer}.{kind}" for layer in NAMES for kind in ("weight", "bias")]])


@pytest.mark.parametrize("to_keras", [True, False], ids=["to Keras", "to PyTorch"])
def test_gradients(migrated, to_keras):
    result = migrated(*(TORCH, KERAS) if to_keras else (KERAS, TORCH), to_keras=to_keras, more=["--grad"])
    assert result["verdict"] == "equal", (result["checks"], result["notes"])
    (check,) = [check for check in result["checks"] if check["check"] == "gradients"]
    assert check["tensors"] == len(GRADIENTS) and check["worst"]["fp64"]["rel"] < 1e-10
    assert not [note for note in result["notes"] if "gradients" in note], result["notes"]


def test_gradients_that_are_cut_are_found(migrated):
    result = migrated(TORCH, KERAS.replace("self.norm(self.conv(x))", "ops.stop_gradient(self.norm(self.conv(x)))"), more=["--grad"])
    verdicts = {check["check"]: check["verdict"] for check in result["checks"]}
    assert result["verdict"] == "differs" and verdicts == {"eval": "equal", "gradients": "differs"}, result


FAULTS = {
    "eps": ("BatchNormalization(epsilon=1e-5)", "BatchNormalization(epsilon=2e-5)", "norm"),
    "small eps": ("LayerNormalization(epsilon=1e-5)", "LayerNormalization(epsilon=1.1e-5)", "scale"),
    "stride": ("layers.Conv2D(6, 3, strides=2)", "layers.Conv2D(6, 3, strides=2, dilation_rate=1, activation='relu')", "conv"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_of_the_target_are_found_at_their_layer(migrated, name):
    old, new, path = FAULTS[name]
    result = migrated(TORCH, KERAS.replace(old, new))
    assert result["verdict"] == "differs" and result["divergence"]["path"] == path
    # Both lines that call it.
    for side, text, place in (("before", TORCH, "/net.py"), ("after", KERAS, "out/net.py")):
        file, line = result["divergence"][side]
        assert file.endswith(place) and f"self.{path}(" in text.splitlines()[line - 1]


def test_a_transposed_kernel_is_found(migrated):
    def turn(content):
        content["weights"][0]["ops"] = [["transpose", [3, 2, 1, 0]]]

    result = migrated(TORCH, KERAS, edit=turn)
    assert result["verdict"] == "differs" and result["divergence"]["path"] == "conv"


def test_weights_that_are_missing_are_named(migrated):
    result = migrated(TORCH, KERAS, edit=lambda content: content["weights"].pop())
    assert result["verdict"] == "differs" and "scale.bias: left over" in result["reason"]


def test_a_target_that_raises(migrated):
    result = migrated(TORCH, KERAS.replace("ops.mean(x, (1, 2))", "ops.means(x)"))
    assert result["verdict"] == "differs" and "means" in result["reason"]


def test_other_layout_of_the_output_is_found(migrated):
    def forget(content):
        content["outputs"][0].pop("permute")

    assert migrated(TORCH, KERAS, edit=forget)["verdict"] == "differs"


def test_a_migration_by_the_command(netwright, tmp_path):
    (tmp_path / "net.py").write_text(TORCH)
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "f32[2,3,9,9]", "-o", "out", "net.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    done = netwright("verify", "--map", "out/netwright.json", "--python", sys.executable, cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0 and "Net(): equal" in done.stdout


def test_migrate_verifies_what_it_wrote(netwright, tmp_path):
    (tmp_path / "net.py").write_text(TORCH)
    options = ["--to", "keras", "--entry", "Net()", "--input", "f32[2,3,9,9]", "--verify", "--python", sys.executable]
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    done = netwright("migrate", *options, "-o", "out", "net.py", cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0 and "Net(): equal" in done.stdout, done.stderr
    assert "netwright-run" not in done.stdout + done.stderr and (tmp_path / "out/net.py").exists()
    assert netwright("migrate", *options, "net.py", cwd=tmp_path).returncode == 2


def test_migrate_withholds_what_could_not_be_run(netwright, tmp_path):
    (tmp_path / "net.py").write_text(TORCH)
    options = ["--to", "keras", "--entry", "Net()", "--input", "f32[2,3,9,9]", "--verify", "--python", sys.executable]
    environment = {**os.environ, "KERAS_BACKEND": "none of these"}
    done = netwright("migrate", *options, "-o", "out", "net.py", cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 1, done.stdout + done.stderr
    assert not (tmp_path / "out").exists() and (tmp_path / "out.withheld/net.py").exists(), done.stdout + done.stderr


TIED = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(11, 4)
        self.head = nn.Linear(4, 11, bias=False)
        self.head.weight = self.words.weight

    def forward(self, ids):
        return self.head(self.words(ids))
"""


def test_a_weight_with_two_names_has_one_gradient(netwright, tmp_path):
    (tmp_path / "net.py").write_text(TIED)
    spec = "ids=i64[2,5]{0..10}"
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", spec, "-o", "out", "net.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    options = ["--grad", "--input", spec, "--python", sys.executable]
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    done = netwright("verify", "--map", "out/netwright.json", *options, cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0 and "gradients  equal" in done.stdout, done.stdout


UNPOOLED = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2, return_indices=True)
        self.unpool = nn.MaxUnpool2d(2)

    def forward(self, x):
        return self.unpool(*self.pool(x))
"""


def test_what_was_written_runs_in_fp64(netwright, tmp_path):
    """Keras counts in 64 bits there, positions among them."""
    (tmp_path / "net.py").write_text(UNPOOLED)
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "f32[2,3,6,6]", "-o", "out", "net.py", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    done = netwright("verify", "--map", "out/netwright.json", "--python", sys.executable, cwd=tmp_path, env=environment, timeout=300)
    assert done.returncode == 0 and "equal" in done.stdout and "not run in fp64" not in done.stdout, done.stdout
