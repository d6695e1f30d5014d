"""The command: what it prints and writes, and what it refuses."""

import json
import pathlib

import pytest

HERE = pathlib.Path(__file__).resolve().parent
NET = HERE / "torch/names_of_layers.py"
ENTRY = ["--entry", "Net(4)", "--input", "f32[2,4]"]


def test_a_diff_without_a_folder(netwright, tmp_path):
    done = netwright("migrate", "--to", "keras", *ENTRY, NET, cwd=HERE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("--- ") and "+from keras import layers, ops" in done.stdout


def test_the_map(netwright, tmp_path):
    out = tmp_path / "out"
    assert netwright("migrate", "--to", "keras", *ENTRY, "-o", out, NET).returncode == 0
    mapping = json.loads((out / "netwright.json").read_text())
    assert (mapping["version"], mapping["from"], mapping["to"], mapping["entry"]) == (1, "torch", "keras", "Net(4)")
    assert [entry["name"] for entry in mapping["outputs"]] == ["0"] and not mapping["untranslated"]
    assert all(entry["to"] and entry["from"] for entry in mapping["weights"])


def test_tensorflow_is_a_spelling_of_keras(netwright, tmp_path):
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "tensorflow", *ENTRY, "-o", out, NET)
    assert done.returncode == 0, done.stderr
    text = (out / NET.name).read_text()
    assert "from tensorflow.keras import layers, ops" in text and "from keras" not in text


def test_names_that_the_program_uses(netwright, tmp_path):
    """A variable called `layers` is not the module."""
    (tmp_path / "net.py").write_text("from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
                                     "        layers = [nn.Linear(2, 2)]\n        self.all = nn.ModuleList(layers)\n\n    def forward(self, x):\n"
                                     "        return self.all[0](x)\n")
    for target in ("keras", "tensorflow"):
        out = tmp_path / target
        done = netwright("migrate", "--to", target, "--entry", "Net()", "--input", "f32[1,2]", "-o", out, tmp_path / "net.py")
        assert done.returncode == 0, done.stderr
        assert "keras.layers.Dense" in (out / "net.py").read_text()


def test_all_names_only_what_is_defined(netwright, tmp_path):
    """`from tools import *` fails for a name of `__all__` whose definition became a comment."""
    (tmp_path / "tools.py").write_text("import torch\nfrom torch import nn\n\n__all__ = [\n    \"Scale\",\n    \"Compiled\",\n    \"double\",\n]\n\n"
                                       "Compiled = torch._dynamo.eval_frame.OptimizedModule\n\n\nclass Scale(nn.Module):\n    def forward(self, x):\n"
                                       "        return double(x)\n\n\ndef double(x):\n    return 2 * torch.sigmoid(x)\n")
    (tmp_path / "net.py").write_text("from tools import *\n")
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "keras", "--root", tmp_path, "--entry", "Scale()", "--input", "f32[1,2]", "-o", out, tmp_path / "net.py")
    assert done.returncode == 0, done.stderr
    text = (out / "tools.py").read_text()
    assert '__all__ = [\n    "Scale",\n    "double",\n]\n' in text and "# Compiled = " in text


def test_a_name_of_all_that_is_nowhere(netwright, tmp_path):
    (tmp_path / "tools.py").write_text("from torch import nn\n\n__all__ = [\"Net\", \"gone\"]\n\n\nclass Net(nn.Linear):\n    pass\n")
    (tmp_path / "net.py").write_text("from tools import *\n")
    done = netwright("show", "--root", tmp_path, "--entry", "Net(2, 3)", "--input", "f32[1,2]", tmp_path / "net.py")
    assert done.returncode == 1 and "has no attribute 'gone'" in done.stdout


def test_in_place(netwright, tmp_path):
    path = tmp_path / "net.py"
    path.write_text(NET.read_text())
    assert netwright("migrate", "--to", "keras", *ENTRY, "--write", path).returncode == 0
    assert "import torch" not in path.read_text()


def test_without_an_entry(netwright, tmp_path):
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "keras", "-o", out, NET)
    assert done.returncode == 0, done.stderr
    assert "class Net(keras.Model):" in (out / NET.name).read_text()


HELPERS = """import torch


def is_pair(limits):
    assert len(limits) == 2


def settle(args):
    args["mode"] = "bilinear" if "mode" not in args else args["mode"]
    return args["mode"], dict(**args)


def call_all(hooks, model):
    for name in model.titles.split():
        hooks[name](model)
    return len(hooks)


def lowered(name):
    name = name.strip()
    return name.lower()


def mixed(x):
    for name in x.keys():
        print(name)
    return x
"""


def test_an_argument_that_may_be_no_tensor_is_left_alone(netwright, tmp_path):
    path, out = tmp_path / "helpers.py", tmp_path / "out"
    path.write_text(HELPERS + "\n\ndef fill(x: torch.Tensor):\n    return torch.relu(x)\n")
    done = netwright("migrate", "--to", "keras", "-o", out, path)
    assert done.returncode == 0, done.stderr
    text = (out / path.name).read_text()
    assert HELPERS.split("import torch\n")[1] in text
    assert "ops.relu(x)" in text and "netwright" not in text


def test_what_the_target_computes_is_not_assigned_to(netwright, tmp_path):
    path = tmp_path / "writes.py"
    statements = ["x.data = y", "x.data[0] = y", "x.data += y", "x.T[0] = 1", "x.data.mul_(2)", "x.data[1].zero_()"]
    path.write_text("import torch\n\n\ndef f(x: torch.Tensor, y: torch.Tensor):\n    " + "\n    ".join(statements) + "\n    return x\n")
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", path)
    assert done.returncode == 1 and done.stderr.count("[NW0501]") == len(statements), done.stderr
    text = (tmp_path / "out" / path.name).read_text()
    assert all(f"\n    {statement}\n" in text for statement in statements)


def test_without_an_entry_the_imports_of_the_program_stay(netwright, tmp_path):
    package = tmp_path / "nets"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "parts.py").write_text("import torch\n\n\nclass Part(torch.nn.Module):\n    def forward(self, x):\n        return torch.relu(x)\n")
    (package / "net.py").write_text("import torch\nfrom nets.parts import Part\n\n\nclass Net(torch.nn.Module):\n    @staticmethod\n    def of(names):\n"
                                    "        raise NotImplementedError\n        return [Part() for _ in names]\n\n    def forward(self, x):\n        return torch.relu(x)\n")
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", package)
    assert done.returncode == 0, done.stderr
    assert "\nfrom nets.parts import Part\n" in (tmp_path / "out" / "nets" / "net.py").read_text()


def test_methods_of_what_is_not_known_are_told(netwright, tmp_path):
    path = tmp_path / "unknown.py"
    path.write_text("import torch\n\n\ndef joined(model, config, x: torch.Tensor):\n    parts = config.make(x)\n    names = config.names.split()\n"
                    "    return torch.relu(parts.unsqueeze(1)), names, model.float()\n")
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", path)
    assert done.returncode == 1 and "of something that is not known: unsqueeze [NW0506]" in done.stderr
    assert done.stderr.count("[NW05") == 1, done.stderr


def test_methods_are_told_where_a_limit_ended_the_run(netwright, tmp_path):
    path = tmp_path / "large.py"
    path.write_text("import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x):\n        return torch.relu(x)\n\n\ndef taken(store):\n"
                    "    return store.get('x').cumprod(-1)\n\n\ndef fill():\n    parts = []\n    while len(parts) < 64:\n        parts.append([0] * 1000000)\n"
                    "    return parts\n")
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", path)
    assert done.returncode == 1 and "of something that is not known: cumprod [NW0506]" in done.stderr


def test_methods_that_the_entry_does_not_reach_are_told(netwright, tmp_path):
    path = tmp_path / "reached.py"
    path.write_text("import torch\n\n\nclass Net(torch.nn.Module):\n    def forward(self, x, mask=None):\n        if mask is not None:\n            x = mask.unsqueeze(1) + x\n"
                    "        return x.flatten(1)\n\n    def generate(self, x):\n        return x.permute(0, 2, 1)\n")
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "x=f32[2,3,4]", "-o", tmp_path / "out", path)
    assert done.returncode == 0, done.stderr
    notes = json.loads((tmp_path / "out" / "netwright.json").read_text())["notes"]
    assert [(note["line"], note["reason"]) for note in notes] == [(7, "NW0506"), (11, "NW0506")]
    text = (tmp_path / "out" / "reached.py").read_text()
    assert "# netwright: NW0506" in text and text.count("netwright:") == 2


def test_annotations_by_libraries_that_need_the_source_are_quoted(netwright, tmp_path):
    path = tmp_path / "tuned.py"
    path.write_text("from typing import Optional\nfrom keras import layers\nfrom keras_tuner import Choice\n\n\n"
                    "class Block(layers.Layer):\n    def __init__(self, units: Optional[Choice] = None):\n        super().__init__()\n\n"
                    "    def call(self, x):\n        return x\n")
    for entry in ([], ["--entry", "Block()", "--input", "f32[2,4]"]):
        netwright("migrate", "--to", "torch", *entry, "-o", tmp_path / "out", path)
        assert 'units: "Optional[Choice]" = None' in (tmp_path / "out" / path.name).read_text()


def test_marks_in_code_that_does_not_run_are_told(netwright, tmp_path):
    path = tmp_path / "raises.py"
    path.write_text("import torch\n\n\ndef f(x: torch.Tensor):\n    return x.no_such_method()\n")
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", path)
    assert "# netwright: NW0501" in (tmp_path / "out" / path.name).read_text()
    assert "not translated in code that was not seen to run: 1" in done.stderr


SCRIPT = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(200)])
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def try_all():
    total = 0
    for width in range(16, 80):
        net = Net(width)
        net.eval()
        total += sum(p.numel() for p in net.parameters())
        width_of = [m for m in net.modules()]
        y = net(torch.zeros(4, width))
    return y.size()
"""


def test_what_stands_behind_a_long_loop_is_seen(netwright, tmp_path):
    """A loop that builds network after network tells nothing new after a while, and is left."""
    (tmp_path / "script.py").write_text(SCRIPT)
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", tmp_path / "script.py")
    assert "return ops.shape(y)" in (tmp_path / "out/script.py").read_text(), done.stderr


BUILDERS = """from torch import nn


class Net(nn.Module):
    def __init__(self, width, activation):
        super().__init__()
        self.layer = nn.Linear(width, width)
        self.activation = activation

    def forward(self, x):
        return self.activation(self.layer(x))


def get_net(width, kind="relu", pretrained=False):
    activation = nn.ReLU(inplace=True) if kind == "relu" else nn.GELU(approximate=kind)
    return Net(width, activation)


def small(**kwargs):
    return get_net(width=8, **kwargs)


def large(**kwargs):
    return get_net(width=16, **kwargs)


def largest(**kwargs):
    return get_net(width=32, **kwargs)


def other(**kwargs):
    return get_net(width=64, kind="tanh", **kwargs)
"""


def test_builders_that_hand_on_what_one_function_makes(netwright, tmp_path):
    """Each is written as if it alone stood in the file."""
    (tmp_path / "all.py").write_text(BUILDERS)
    assert netwright("migrate", "--to", "keras", "-o", tmp_path / "out", tmp_path / "all.py").returncode == 0
    whole = (tmp_path / "out/all.py").read_text()
    head, *builders = BUILDERS.split("\n\n\ndef ")[1:]
    for builder in builders:
        (tmp_path / "one.py").write_text(BUILDERS.split("\n\n\ndef ")[0] + "\n\n\ndef " + head + "\n\n\ndef " + builder.rstrip() + "\n")
        assert netwright("migrate", "--to", "keras", "-o", tmp_path / "out", tmp_path / "one.py").returncode == 0
        one = (tmp_path / "out/one.py").read_text()
        assert whole.startswith(one[:one.index("\n\n\ndef " + builder.split("(")[0])])


@pytest.mark.parametrize("arguments", [[], ["--to", "mxnet"], ["--to", "flax"], ["--to", "keras", "--style", "functional"],
                                       ["--to", "keras", "--layout", "channels_last"], ["--to", "keras", "--entry", "Missing()"]])
def test_wrong_usage_and_what_is_not_yet(netwright, arguments):
    done = netwright("migrate", *arguments, NET)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr


def test_an_adapter_that_refuses_is_told_where_it_is_used(netwright, tmp_path):
    path = tmp_path / "net.py"
    path.write_text("import torch.nn as nn\nimport torch.nn.functional as F\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n"
                    "        y = x + 1\n        return F.interpolate(y, scale_factor=2.1)\n")
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "x=f32[1,2,8,8]", "-o", out, path)
    assert done.returncode == 1
    (entry,) = json.loads((out / "netwright.json").read_text())["untranslated"]
    assert entry["line"] == 8 and "memory layout" in entry["message"]


def test_an_import_that_the_file_defines_again(netwright, tmp_path):
    """What the import brings is needed by nobody, so it is not in the written file of the other module: neither may its import be."""
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "parts.py").write_text("import torch\n\n\ndef twice(x):\n    return x * 2\n\n\ndef shift(x):\n    return torch.unique_consecutive(x)\n")
    (package / "net.py").write_text("import torch\nfrom torch import nn\n\nfrom pkg.parts import shift, twice\n\n\ndef shift(x):\n    return x + 1\n\n\n"
                                    "class Net(nn.Module):\n    def forward(self, x):\n        return shift(twice(x))\n")
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "keras", "--root", tmp_path, "--entry", "Net()", "--input", "f32[1,2]", "-o", out, package / "net.py")
    assert done.returncode == 0, done.stderr
    assert "from pkg.parts import twice\n" in (out / "pkg" / "net.py").read_text()


def test_an_entry_that_makes_objects_of_the_source(netwright, tmp_path):
    """The same expression has to build what was written, where the source's package is not there."""
    (tmp_path / "net.py").write_text("from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self, act):\n        super().__init__()\n"
                                     "        self.act = act\n\n    def forward(self, x):\n        return self.act(x)\n")
    done = netwright("migrate", "--to", "keras", "--entry", "Net(torch.nn.Tanh())", "--input", "f32[2,4]", "-o", tmp_path / "out", tmp_path / "net.py")
    assert done.returncode == 1
    assert "NW0504" in done.stderr and "'torch' is not defined" in done.stderr


def test_a_table_of_parameters_that_is_filled_in_place(netwright, tmp_path):
    """What the first call keeps would be made of the weights before a checkpoint is loaded. That of buffers is computed in every call where the test in front
    is understood; that of parameters is computed anew in the source, too, if it lets it go."""
    text = ("import torch\nfrom torch import nn\n\n\nclass Positions(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            "        {}\n        self.register_buffer('table', torch.zeros(8, 4), persistent=False)\n        self.known = 0\n\n"
            "    def forward(self, n):\n        if {}:\n            return self.table[:n]\n        made = torch.arange(n)[:, None] * self.scale\n"
            "        if n <= 8:\n            self.table[:n] = made.detach()\n            self.known = n\n        return made\n\n    def length(self):\n        return self.known\n\n\n"
            "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.positions = Positions()\n\n    def forward(self, x):\n"
            "        return x + self.positions(x.shape[1]) + self.positions(x.shape[1])\n")
    buffer, parameter = "self.register_buffer('scale', torch.rand(4))", "self.scale = nn.Parameter(torch.ones(4))"
    for made, test, status in ((buffer, "n <= self.known", 0), (buffer, "self.known >= n", 0), (buffer, "self.length() >= n", 1), (parameter, "n <= self.known", 1)):
        (tmp_path / "net.py").write_text(text.format(made, test))
        done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "f32[2,5,4]", "-o", tmp_path / "out", tmp_path / "net.py")
        assert done.returncode == status, done.stderr
    assert "net.py:17" in done.stderr and "made of parameters that is kept for later calls" in done.stderr


def notes_of(netwright, tmp_path, target, text, entry, spec):
    """(line, reason) of the notes of a map, and what the command says."""
    (tmp_path / "net.py").write_text(text)
    done = netwright("migrate", "--to", target, "--entry", entry, "--input", spec, "-o", tmp_path / "out", tmp_path / "net.py")
    assert done.returncode == 0, done.stderr
    return [(note["line"], note["reason"]) for note in json.loads((tmp_path / "out/netwright.json").read_text())["notes"]], done.stderr


def test_what_trains_another_way_is_noted(netwright, tmp_path):
    """Keras's running variance takes the biased variance of a batch, PyTorch's the unbiased one: the same in evaluation only."""
    torch = ("from torch import nn\n\n\ndef build():\n    net = nn.Sequential(nn.Conv2d(3, 4, 3),\n                        nn.BatchNorm2d(4))\n"
             "    nn.init.zeros_(net[0].bias)\n    return net\n")
    notes, said = notes_of(netwright, tmp_path, "keras", torch, "build()", "f32[1,3,8,8]")
    assert notes == [(6, "NW0511"), (7, "NW0510")] and "1 left out, 1 another way" in said
    keras = ("import keras\nfrom keras import layers\n\n\ndef build():\n    return keras.Sequential([\n        keras.Input((8, 8, 3)),\n"
             "        layers.Conv2D(4, 3),\n        layers.BatchNormalization(),\n    ])\n")
    notes, said = notes_of(netwright, tmp_path, "torch", keras, "build()", "f32[1,8,8,3]")
    assert notes == [(9, "NW0511")] and "0 left out, 1 another way" in said
    tables = "from torch import nn\n\n\ndef build():\n    return nn.Sequential(nn.Embedding(9, 4{}))\n"
    for option, noted in (("", []), (", padding_idx=0", [(5, "NW0511")])):
        assert notes_of(netwright, tmp_path, "keras", tables.format(option), "build()", "i64[2,3]{0..8}")[0] == noted


def test_options_that_only_training_uses_are_noted(netwright, tmp_path):
    """By hand and with adapters alike."""
    keras = ("import keras\nfrom keras import layers\n\n\ndef build():\n    return keras.Sequential([\n        keras.Input((4,)),\n"
             "        layers.Dense(4,\n                     kernel_regularizer=\"l2\"),\n        {}])\n")
    for last in ("layers.ReLU()", "layers.Dense(3, trainable=False)"):
        notes, said = notes_of(netwright, tmp_path, "torch", keras.format(last), "build()", "f32[2,4]")
        assert (9, "NW0510") in notes and "another way" in said


NAMES = """
from torch import nn


class Net(nn.Module):
    def __init__(self, deep=False):
        super().__init__()
        self.input = nn.Linear(4, 4)
        self.output = nn.Sequential()
        if deep:
            self.output.add_module("first", nn.Linear(4, 4))
            self.losses = [lambda: self.output]
        self.output.add_module("last", nn.Linear(4, 3))

    def again(self, x):
        return self.output(self.forward(x)), [self.input(item) for item in x]

    @staticmethod
    def of(other):
        return other.output

    def texts(self, config):
        setattr(self, "output", f"{getattr(self, 'losses', None)}{hasattr(self, 'width')}")
        return config.outputs, config.width, getattr(config, "output"), self.input.forward(1), self.children()

    def forward(self, x):
        return self.output(self.input(x))


class Larger(Net):
    name = "larger"
    names = [name]

    def forward(self, x):
        return super().forward(x) + Net.forward(self, x) + super(Larger, self).output(x) + Net.name

    def part(self):
        class Part(nn.Module):
            def __init__(self):
                super().__init__()
                self.metrics = nn.Linear(4, 4)

            def forward(self, x):
                return self.metrics(x) if self.training else Larger.name

            def summary(self):
                return self.name

        return Part()
"""


def test_code_that_does_not_run_names_attributes_as_the_rest_does(netwright, tmp_path):
    (tmp_path / "net.py").write_text(NAMES)
    done = netwright("migrate", "--to", "keras", "--entry", "Net()", "--input", "f32[2,4]", "-o", tmp_path / "out", tmp_path / "net.py")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out/net.py").read_text()
    text = text[text.index("class Net"):]
    assert "self.output_(self.call(x)), [self.input_(item) for item in x]" in text
    assert "self.losses_ = [lambda: self.output_]" in text and 'self.output_.add_module("first", ' in text
    assert "return other.output\n" in text and "setattr(self, \"output_\", f\"{getattr(self, 'losses_', None)}{hasattr(self, 'width')}\")" in text
    assert 'return config.outputs, config.width, getattr(config, "output"), self.input_.forward(1), self.children()\n' in text
    assert 'name_ = "larger"\n    names = [name_]' in text
    assert "super().call(x) + Net.call(self, x) + super(Larger, self).output_(x) + Net.name_\n" in text
    part = text[text.index("class Part"):]
    assert part.startswith("class Part(layers.Layer):") and "self.metrics_ = " in part and "def call(self, x):" in part
    notes = json.loads((tmp_path / "out" / "netwright.json").read_text())["notes"]
    assert {(note["reason"], NAMES.split("\n")[note["line"] - 1].split(",")[0].strip()) for note in notes} == {
        ("NW0507", "return other.output"), ("NW0507", "return config.outputs"), ("NW0501", "return config.outputs")}
    assert "NW0507" in text and "not known: forward\n" in text and "known: torch.nn.Module.children\n" in text
    assert "return self.metrics_(x) if self.training else Larger.name_\n" in part and "def summary_(self):\n                return self.name_\n" in part
