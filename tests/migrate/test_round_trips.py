"""There and back again: adapters that one migration writes are what the framework has itself for the next one."""

import re

import pytest
import torch
from migrate_programs import HERE, migrate

TORCH = ["alias_after_clone", "attention_by_hand", "closures", "grids_in_lists", "in_place_helpers", "integer_tensors", "kept_constant", "masked_parts", "multi_head", "names_clash", "own_batch_norms", "recurrent", "registry", "tied_weights", "unusual_calls"]
KERAS = ["attention_masks", "cells_of_all_kinds", "masked_cells", "masks_both_ways", "masks_merged", "masks_of_own_layers", "masks_taken_away"]


def classes(text):
    return set(re.findall(r"^class (\w+)", text, re.MULTILINE))


@pytest.fixture
def there_and_back(binary, tmp_path):
    """there_and_back(path, framework, change=): the texts of a program before, between and after; `change` edits the one between."""
    def run(path, framework, change=lambda text: text):
        other = {"torch": "keras", "keras": "torch"}[framework]
        more = ["--layout", "channels_first"] if framework == "torch" else []
        there = migrate(binary, path, tmp_path / "there", "--to", other, *more)
        assert there.returncode == 0, there.stderr
        middle = tmp_path / "there" / path.name
        middle.write_text(change(middle.read_text()))
        back = migrate(binary, middle, tmp_path / "back", "--to", framework)
        assert back.returncode == 0, back.stderr
        return path.read_text(), middle.read_text(), (tmp_path / "back" / path.name).read_text()
    return run


@pytest.mark.parametrize("name", TORCH)
def test_torch(name, there_and_back):
    _, between, after = there_and_back(HERE / "torch" / f"{name}.py", "torch")
    names = {"Sequential", "ModuleList", "Conv2d", "Linear", "LSTM", "GRU", "RNN", "MultiheadAttention", "TransformerEncoder"}
    assert not names & classes(after)
    for name in names & classes(between):
        assert re.search(rf"^from torch\.nn import .*\b{name}\b", after, re.MULTILINE) or not re.search(rf"\b{name}\(", after)


def test_what_only_layers_derive_from_is_imported_from_where_it_is(there_and_back):
    _, _, after = there_and_back(HERE / "torch" / "own_batch_norms.py", "torch")
    imports = re.findall(r"^from torch\.nn\.modules\.\w+ import _\w+.*$", after, re.MULTILINE)
    assert len(imports) == 2 and "import _" not in "".join(re.findall(r"^from torch\.nn import .*$", after, re.MULTILINE))
    exec("\n".join(imports), {})


def test_attributes_that_a_program_answers_for_itself(there_and_back):
    """PyTorch asks __getattr__ for modules and weights, Keras does not: what hands on to the framework does so again."""
    _, between, after = there_and_back(HERE / "torch" / "answers_for_attributes.py", "torch")
    assert "return getattr(super(), name)" in between and "return super().__getattr__(name)" in after


def test_method_of_programs_that_keep_tensors_goes(there_and_back):
    """Classes of such programs, and adapters in them, are given a method on the way there."""
    for name in ("kept_constant", "cache_dict"):  # with adapters that the framework has itself, and without any
        _, between, after = there_and_back(HERE / "torch" / f"{name}.py", "torch")
        assert "build themselves" in between and "build themselves" not in after


def test_mode_of_classes_that_derive_from_the_targets_own(there_and_back):
    """They are called as modules are, without the mode."""
    _, between, after = there_and_back(HERE / "torch" / "own_batch_norms.py", "torch")
    assert between.count("def call(self, input, training=None):") == 2
    assert after.count("def forward(self, input):") == 3 and after.count("self.bias, self.training, self.momentum") == 2


def test_writes_to_parts_are_pytorchs_own_writes(there_and_back):
    """The adapter that gives back what a tensor is after a write becomes one that writes to a copy."""
    _, between, after = there_and_back(HERE / "torch" / "alias_after_clone.py", "torch")
    assert "ops.scatter_update(" in between and after.count("def index_put(") == 1
    assert "scatter" not in after
    defined = {"torch": torch}
    exec(re.search(r"^def index_put\(.*?(?=^\S)", after, re.MULTILINE | re.DOTALL).group(), defined)
    before = torch.arange(12.0).reshape(3, 4)
    for key, value in ((1, 7.0), ((slice(None), [0, 2]), torch.ones(3, 2)), (before > 5, -1), ((torch.tensor([0, 2]), 1), torch.tensor([8.0, 9.0]))):
        wanted = before.clone()
        wanted[key] = value
        found = defined["index_put"](before, key, value)
        assert torch.equal(found, wanted) and found.dtype == wanted.dtype and torch.equal(before, torch.arange(12.0).reshape(3, 4))


MIXED = """# entry: Net(3)
# input: f32[2,3,8,8]
import functools
from huggingface_hub import PyTorchModelHubMixin
from torch import nn


class Net(nn.Module, PyTorchModelHubMixin):
    def __init__(self, channels):
        super().__init__()
        make = functools.partial(nn.Conv2d, channels, padding=1)
        self.layers = nn.Sequential(*[make(channels, 3), nn.Hardswish(), nn.MaxPool2d(2)])
        self.drop = nn.Dropout(0.1)

    def train(self, mode=True):
        self.training = mode
        for child in self.children():
            child.train(mode)
        return self

    def forward(self, x):
        return self.drop(self.layers(x))
"""


def test_what_is_mixed_in_is_no_module(there_and_back, tmp_path):
    """A class that derives from an adapter which is none of modules has the source's protocol, and its names are changed."""
    (tmp_path / "mixed.py").write_text(MIXED)
    _, between, after = there_and_back(tmp_path / "mixed.py", "torch")
    assert "class PyTorchModelHubMixin" in between and "    def train(self" in between
    assert "import PyTorchModelHubMixin" in after and "    def train_(self" in after and "    def call(self, x" in after


IMPORTS = """# entry: Net()
# input: f32[2,3,8,8]
from torch import nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.head = nn.Sequential(nn.Linear(4, 4), nn.Hardswish())

    def forward(self, x):
        return self.head(F.max_pool2d(self.conv(x), 2, ceil_mode=True, dilation=2).mean((2, 3)))
"""


def test_imports_of_adapters_that_go_are_written_for_others(there_and_back, tmp_path):
    """functools is imported for an adapter that goes, and then needed by one that comes."""
    (tmp_path / "imports.py").write_text(IMPORTS)
    _, between, after = there_and_back(tmp_path / "imports.py", "torch")
    assert "import functools" in between and "def max_pool2d" in between
    assert "functools." in after and "import functools\n" in after and "def max_pool2d" not in after


@pytest.mark.parametrize("name", KERAS)
def test_keras(name, there_and_back):
    """What came back is the first program again, but for the names by which it knows Keras."""
    before, between, after = there_and_back(HERE / "keras" / f"{name}.py", "keras")
    assert "class Layer(nn.Module):" in between and "torch" not in after
    assert classes(after) == classes(before)

    def plain(text):
        text = re.sub(r"\b(keras\.)?(layers|ops)\.|\bkeras\.(?=Model|Input)|, (?=\):)", "", text)
        for own, other in re.findall(r"\b(\w+) as (\w+)", text):
            text = re.sub(rf"\b{other}\b", own, text)
        text = re.sub(r"\bdtype\((\w+)\)", r"\1.dtype", text)
        return [line for line in text.splitlines() if line.strip() and not re.match(r"(from|import) ", line)]
    assert plain(after) == plain(before)


def test_changed_adapter_is_the_programs_own(there_and_back):
    """An adapter that somebody has changed stands for nothing."""
    def change(text):
        assert text.count("            input = layer(input)\n") == 1
        return text.replace("            input = layer(input)\n", "            input = layer(input) * 1\n")
    _, _, after = there_and_back(HERE / "torch" / "closures.py", "torch", change)
    assert "Sequential" in classes(after) and "import Sequential" not in after
    assert "input = layer(input) * 1" in after


def test_adapter_of_another_meaning(there_and_back):
    """The text of an adapter whose names mean something else is no adapter."""
    def change(text):
        return text.replace("\nclass Sequential(layers.Layer):", "\nclass Own(layers.Layer):\n    pass\n\n\nclass Sequential(layers.Layer):", 1) \
            .replace("\nclass Sequential(layers.Layer):", "\nclass Sequential(Own):", 1)
    _, _, after = there_and_back(HERE / "torch" / "closures.py", "torch", change)
    assert {"Own", "Sequential"} <= classes(after)
