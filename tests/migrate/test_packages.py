"""Programs of several files: which of them are needed, and what an entry may name."""

import json

BLOCK = "from torch import nn\n\n\nclass Block(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n\n    def forward(self, x):\n        return self.fc(x)\n"


def write(folder, files):
    for name, text in files.items():
        path = folder / "pkg" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def migrated(netwright, folder, entry, name):
    out = folder / "out"
    done = netwright("migrate", "--to", "keras", "--root", folder, "--entry", entry, "--input", "f32[2,4]", "-o", out, folder / "pkg" / name)
    return done, json.loads((out / "netwright.json").read_text()), out / "pkg"


def test_a_module_that_is_read_as_a_part_of_its_package(netwright, tmp_path):
    """`import pkg` and `pkg.sizes.WIDTH`: the package imports the module for another name."""
    net = "import pkg\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, pkg.sizes.WIDTH)\n\n    def forward(self, x):\n        return self.fc(x)\n"
    write(tmp_path, {"__init__.py": "from .sizes import OTHER\nfrom .unused import nothing\n", "sizes.py": "OTHER = 3\nWIDTH = 5\n", "unused.py": "nothing = None\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert (out / "sizes.py").exists() and not (out / "unused.py").exists()


def test_a_package_within_another_that_is_read_as_a_part_of_it(netwright, tmp_path):
    """`pkg.inner.WIDTH`: what the inner package imports of itself need not stay for that."""
    net = "import pkg\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, pkg.inner.WIDTH)\n\n    def forward(self, x):\n        return self.fc(x)\n"
    write(tmp_path, {"__init__.py": "from . import inner\n", "inner/__init__.py": "from . import unused\n\nWIDTH = 5\n", "inner/unused.py": "nothing = None\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert not (out / "inner" / "unused.py").exists()


def test_a_part_that_hands_on_what_goes(netwright, tmp_path):
    """Names of the framework, and of modules that nobody reads, are not there any more in the part that is kept."""
    net = "import pkg\nfrom torch import nn\nfrom pkg.sizes import functional, unused\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, pkg.sizes.WIDTH)\n\n    def forward(self, x):\n        return self.fc(x)\n"
    write(tmp_path, {"__init__.py": "from . import sizes\n", "sizes.py": "from torch.nn import functional\nfrom pkg import unused\nWIDTH = 5\n", "unused.py": "nothing = None\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert (out / "sizes.py").exists() and "\nfrom pkg.sizes" not in (out / "net.py").read_text()


def test_an_import_in_a_function_that_only_hands_on(netwright, tmp_path):
    """Nothing but the import says that the function ran."""
    net = "from torch import nn\n\n\ndef block():\n    from pkg.block import Block\n\n    return Block\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.block = block()()\n\n    def forward(self, x):\n        return self.block(x)\n"
    write(tmp_path, {"__init__.py": "", "block.py": BLOCK, "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert (out / "block.py").exists()


def test_two_modules_that_take_all_names_from_each_other(netwright, tmp_path):
    net = "from collections import OrderedDict\nfrom torch import nn\nfrom pkg import *\n\n\ndef net():\n    return nn.Sequential(OrderedDict([('a', Block()), ('b', nn.ReLU())]))\n"
    write(tmp_path, {"__init__.py": "from .block import *\nfrom .net import *\nfrom .later import *\n", "block.py": BLOCK, "net.py": net, "later.py": ""})
    done, _, out = migrated(netwright, tmp_path, "net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert (out / "later.py").read_text() == ""  # there is nothing in it, and it is imported


def test_what_a_class_asks_another_file_when_an_attribute_is_not_there_yet(netwright, tmp_path):
    """A layer of Keras is asked for each attribute before it is set, so that `__getattr__` runs further than it did before."""
    net = ("from torch import nn\nfrom .told import told\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.settings = {'scale': 0.5}\n"
           "        self.fc = nn.Linear(4, 4)\n        self.scale = 2.0\n\n    def __getattr__(self, name):\n        if name in self.__dict__.get('settings', ()):\n            return told(self.settings[name])\n"
           "        return super().__getattr__(name)\n\n    def forward(self, x):\n        return self.fc(x) * self.scale\n")
    told = "def told(value):\n    from .words import WORD\n\n    return value if WORD else None\n"
    write(tmp_path, {"__init__.py": "", "told.py": told, "words.py": "WORD = 'asked'\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert "\nfrom .told import told\n" in (out / "net.py").read_text() and (out / "words.py").exists()


def test_annotations_of_parts_that_nobody_looks_at(netwright, tmp_path):
    """They are evaluated when the file is imported, and the part's own import goes."""
    net = ("from torch import nn\nfrom . import parts\nimport pkg.parts\n\n\nclass Net(nn.Module):\n    other: parts.Other = None\n\n    def __init__(self, other: pkg.parts.Other = None):\n"
           "        super().__init__()\n        self.fc = parts.Block()\n\n    def forward(self, x) -> parts.Block:\n        return self.fc(x)\n")
    write(tmp_path, {"__init__.py": "", "parts/__init__.py": "from .block import Block\nfrom .other import Other\n", "parts/block.py": BLOCK, "parts/other.py": "class Other:\n    pass\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    text = (out / "net.py").read_text()
    assert 'other: "parts.Other" = None' in text and 'other: "pkg.parts.Other" = None' in text and "-> parts.Block:" in text
    assert not (out / "parts" / "other.py").exists()


def test_a_package_that_must_run_first_though_nobody_looks_at_what_it_binds(netwright, tmp_path):
    """`base` takes a name from `net` when `net` has come to its end: nothing but the package's own import sees to that."""
    base = "from torch import nn\n\n\nclass Base(nn.Module):\n    def forward(self, x):\n        return self.fc(x)\n\n\nfrom pkg.net import Net\n\nKNOWN = [Net]\n"
    net = "from torch import nn\nfrom pkg.base import Base\n\n\nclass Net(Base):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 3)\n"
    write(tmp_path, {"__init__.py": "from .unused import nothing\nfrom pkg.base import Base\n", "unused.py": "nothing = None\n", "base.py": base, "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert (out / "__init__.py").read_text() == "# from .unused import nothing\nfrom pkg.base import Base\n"
    assert (out / "net.py").exists() and "read back, it is the same network" in done.stderr


def test_an_entry_that_is_not_of_the_program(netwright, tmp_path):
    write(tmp_path, {"__init__.py": "", "block.py": BLOCK})
    done, said, _ = migrated(netwright, tmp_path, "torch.nn:Linear(4, 3)", "block.py")
    assert done.returncode == 1 and said["untranslated"][0]["message"].endswith("the file of the entry is none of the program")


def test_an_entry_that_names_the_framework(netwright, tmp_path):
    """It is evaluated as it is where the written program is imported: `nn` is not there."""
    net = "import math\n\nfrom torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self, act):\n        super().__init__()\n        self.act = act()\n\n    def forward(self, x):\n        return self.act(x)\n"
    write(tmp_path, {"__init__.py": "", "net.py": net})
    done, said, _ = migrated(netwright, tmp_path, "Net(act=nn.ReLU)", "net.py")
    assert done.returncode == 1
    assert [(entry["line"], entry["reason"]) for entry in said["untranslated"]] == [(3, "NW0501")]
    assert "`nn` in the entry" in said["untranslated"][0]["message"]


REGISTRY = "MODELS = {}\n\n\ndef register(fn):\n    MODELS[fn.__name__] = fn\n    return fn\n\n\ndef create(name, **kwargs):\n    return MODELS[name](**kwargs)\n"
REGISTERED = "from torch import nn\n\nfrom ..registry import register\n\n\n@register\ndef {}(size=4):\n    return nn.Linear(size, 2)\n"


def test_a_registry_that_imports_fill(netwright, tmp_path):
    """Nobody looks at what the packages import: the modules enter their builders in a table."""
    write(tmp_path, {"__init__.py": "from .models import linear\n", "registry.py": REGISTRY, "models/__init__.py": "from .first import first\nfrom .linear import linear\n",
                     "models/first.py": REGISTERED.format("first"), "models/linear.py": REGISTERED.format("linear")})
    done = netwright("show", "--root", tmp_path, "--entry", "create('linear', size=4)", "--input", "f32[2,4]", tmp_path / "pkg/registry.py")
    assert done.returncode == 0, done.stdout
    done, _, out = migrated(netwright, tmp_path, "create('linear', size=4)", "registry.py")
    assert done.returncode == 0, done.stderr
    assert (out / "models/linear.py").exists() and not (out / "models/first.py").exists()
    done, said, _ = migrated(netwright, tmp_path, "create('other')", "registry.py")
    assert done.returncode == 1 and "KeyError (other)" in said["untranslated"][0]["message"]


def test_a_bound_function_that_one_file_hands_to_another(netwright, tmp_path):
    """`sign = Sign.apply` is the program's own, though PyTorch has the method."""
    sign = "import torch\n\n\nclass Sign(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        return torch.sign(x)\n\n    @staticmethod\n    def backward(ctx, grad):\n        return grad\n\n\nsign = Sign.apply\n"
    net = "from torch import nn\n\nfrom .sign import sign\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return sign(x)\n"
    write(tmp_path, {"__init__.py": "", "sign.py": sign, "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert "from .sign import sign" in (out / "net.py").read_text()


KINDS = "from typing import Union\n\nfrom pkg.models import Other, Wide\n\nAny = Union[Wide, Other]\n"
OTHER = "from torch import nn\n\n\nclass Other(nn.Linear):\n    def __init__(self):\n        super().__init__(4, 2)\n"
WIDE = "from torch import nn\n\nfrom pkg.models.other import Other\n\n\nclass Wide(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.other = Other()\n\n    def forward(self, x):\n        return self.other(x)\n"
LAST = "from torch import nn\n\nfrom pkg.models.kinds import Any\n\n\nclass Last(nn.ReLU):\n    kind: Any\n"


def test_modules_that_only_run_in_the_order_of_their_package(netwright, tmp_path):
    """`kinds` asks the package for classes that it has by then: what imports `last` alone begins with the package all the same."""
    write(tmp_path, {"__init__.py": "", "models/other.py": OTHER, "models/wide.py": WIDE, "models/last.py": LAST, "models/kinds.py": KINDS,
                     "models/__init__.py": "from pkg.models.other import Other\nfrom pkg.models.wide import Wide\nfrom pkg.models.last import Last\n"})
    done, _, _ = migrated(netwright, tmp_path, "Last()", "models/last.py")
    assert done.returncode == 0, done.stderr


def test_a_package_whose_code_is_not_needed_keeps_its_words(netwright, tmp_path):
    net = "from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n\n    def forward(self, x):\n        return self.fc(x)\n"
    write(tmp_path, {"__init__.py": '# Licence\n"""Nets."""; from . import missing\n', "inner/__init__.py": "# First\n# second\nfrom . import net\n\nif net:\n    # third\n    pass  # last", "inner/net.py": net})
    done, report, out = migrated(netwright, tmp_path, "pkg.inner.net:Net()", "inner/net.py")
    assert (done.returncode, report["untranslated"]) == (0, []), done.stderr
    assert (out / "__init__.py").read_text() == '# Licence\n"""Nets."""\n# from . import missing\n'
    assert (out / "inner" / "__init__.py").read_text() == "# First\n# second\n# from . import net\n\n# if net:\n#     # third\n#     pass  # last"


def test_a_package_that_is_not_found_and_named_after_the_framework(netwright, tmp_path):
    """Its import goes where nothing looks at what it brings, and is refused where something does."""
    net = "{line}\nfrom torch import nn\n\n\nclass Other(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.made = made()\n\n    def forward(self, x: \"made\"):\n        return x\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n        {use}\n\n    def forward(self, x):\n        return self.fc(x)\n\n    def other(self, made: made) -> made:\n        return made\n"
    caught = "try:\n    from nowhere_pytorch import made\nexcept ImportError:\n    made = None"
    for line, use, refused, first in (
        ("from nowhere_pytorch import made", "pass", False, "# from nowhere_pytorch import made"),
        ("from nowhere_pytorch import made", "self.made = made", True, None),
        ("import torch_nowhere.parts as made", "pass", False, "# import torch_nowhere.parts as made"),
        ("import torch_nowhere.parts as made", "self.made = made", True, None),
        ("import torchmetrics as made", "pass", False, "# import torchmetrics as made"),
        ("from local_attention import made", "pass", False, "# from local_attention import made"),
        ("from nowhere.plots import made", "pass", False, "from nowhere.plots import made"),
        (caught, "pass", False, "try:"),
    ):
        write(tmp_path, {"net.py": net.format(line=line, use=use)})
        done, report, out = migrated(netwright, tmp_path, "pkg.net:Net()", "net.py")
        assert done.returncode == (1 if refused else 0), (line, use, report["untranslated"])
        assert [entry["line"] for entry in report["untranslated"]] == ([1] if refused else [])
        if first:
            lines = (out / "net.py").read_text().splitlines()
            assert lines[0] == first and ('    def other(self, made: "made") -> "made":' in lines) == first.startswith("#")


def test_a_package_that_takes_all_names_of_the_module(netwright, tmp_path):
    """Python runs the package first: its own names are there when the module asks for one, and the module's when it needs them."""
    net = BLOCK.replace("(nn.Module)", "(Base)").replace("from torch import nn", "from pkg import Base\nfrom torch import nn")
    base = "from torch import nn\n\n\nclass Base(nn.Module):\n    pass\n"
    write(tmp_path, {"__init__.py": "from .base import *\nfrom .net import *\n\nMODELS = {'Block': Block}\n", "base.py": base, "net.py": net})
    done, mapping, out = migrated(netwright, tmp_path, "Block()", "net.py")
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    assert "def call(self, x)" in (out / "net.py").read_text()


def test_back_again_a_layer_of_another_file_that_is_never_called(netwright, tmp_path):
    """Its `call` is used, and its layers lie in a list: they belong to the state of the model nevertheless. Questions about variables."""
    heads = "from keras import layers\n\n\nclass Heads(layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.parts = list([layers.Dense(4) for _ in range(2)])\n\n    def call(self, x):\n        return sum([part(x) for part in self.parts])\n"
    net = "import keras\nfrom keras import layers\nfrom .heads import Heads\n\n\ndef of(part):\n    return [part] if isinstance(part, keras.Variable) else part.trainable_variables\n\n\nclass Block(layers.Layer):\n    def __init__(self):\n        super().__init__()\n        self.heads = Heads()\n        self.scale = keras.Variable(2.0)\n        self.known = len(of(self.scale)) + len(of(self.heads))\n\n    def call(self, x):\n        return self.heads.call(x) * self.scale + self.known\n\n\nclass Net(keras.Model):\n    def __init__(self):\n        super().__init__()\n        self.blocks = [Block()]\n\n    def call(self, x):\n        for block in self.blocks:\n            x = block(x)\n        return x\n"
    write(tmp_path, {"__init__.py": "", "heads.py": heads, "net.py": net})
    out = tmp_path / "out"
    done = netwright("migrate", "--to", "torch", "--root", tmp_path, "--entry", "Net()", "--input", "f32[2,4]", "-o", out, tmp_path / "pkg" / "net.py")
    mapping = json.loads((out / "netwright.json").read_text())
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    assert {"blocks_0.heads.parts_0.weight", "blocks_0.heads.parts_1.bias", "blocks_0.scale"} <= {entry["to"] for entry in mapping["weights"]}


def test_a_package_that_hands_on_names_whose_imports_go(netwright, tmp_path):
    """`__all__` names what is imported for training alone; another file takes all names of the package."""
    parts = "from .block import Block\nfrom .losses import Loss\n\n__all__ = ['Block', 'Loss']\n"
    losses = "from torch import nn\n\n\nclass Loss(nn.Module):\n    def forward(self, x, y):\n        return (x - y).abs().sum()\n"
    net = "import torch\nfrom torch import nn\nfrom pkg.parts import *\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.block = Block()\n\n    def forward(self, x):\n        return self.block(x)[torch.LongTensor(range(x.size(0)))]\n"
    write(tmp_path, {"__init__.py": "", "parts/__init__.py": parts, "parts/block.py": BLOCK, "parts/losses.py": losses, "net.py": net})
    done, mapping, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert (done.returncode, mapping["untranslated"]) == (0, []), done.stderr
    assert "__all__ = ['Block', ]" in (out / "parts" / "__init__.py").read_text()


def test_what_an_import_runs_though_nobody_reads_it(netwright, tmp_path):
    """A name that only an unused function takes, and that has no translation: the import of its module would fail with it."""
    net = ("from torch import nn\nfrom pkg.parts import width\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, width())\n\n"
           "    def forward(self, x):\n        return self.fc(x)\n")
    parts = ("from torch.nn.modules import CrossMapLRN2d\n\nNORMS = (CrossMapLRN2d, dict)\n\n\ndef norms(found=NORMS):\n    return [norm for norm in found]\n\n\n"
             "def width():\n    return 5\n")
    write(tmp_path, {"__init__.py": "", "parts.py": parts, "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    assert "\nNORMS = " not in (out / "parts.py").read_text()


def test_a_place_that_is_given_from_within_its_package(netwright, tmp_path):
    """The package that nobody needs is introduced as before, wherever the command runs."""
    write(tmp_path, {"__init__.py": '"""Blocks."""\nfrom .block import Block\n', "block.py": BLOCK})
    for place, name in (("pkg", "block.py"), (".", "pkg/block.py")):
        out = tmp_path / f"out{len(name)}"
        done = netwright("migrate", "--to", "keras", "--entry", "Block()", "--input", "f32[2,4]", "-o", out, name, cwd=tmp_path / place)
        assert done.returncode == 0, done.stderr
        assert (out / "pkg/__init__.py").read_text() == '"""Blocks."""\n# from .block import Block\n'


def test_a_package_with_layers_of_its_own_without_an_entry(netwright, tmp_path):
    """Each file is written alone: what the package's own file became stays when those beside it are written, and the folder has one map."""
    write(tmp_path, {"__init__.py": BLOCK, "Above.py": BLOCK, "net.py": BLOCK, "inner/__init__.py": '"""Inner."""\n', "inner/net.py": BLOCK})
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", tmp_path / "pkg")
    assert done.returncode == 0, done.stderr
    for name in ("__init__.py", "Above.py", "net.py", "inner/net.py"):
        assert "layers.Dense(4)" in (tmp_path / "out/pkg" / name).read_text()
    assert (tmp_path / "out/pkg/inner/__init__.py").read_text() == '"""Inner."""\n'
    assert json.loads((tmp_path / "out/netwright.json").read_text())["stats"]["translated"] == 2


def test_an_adapter_that_files_share_which_their_package_imports(netwright, tmp_path):
    """The package imports both files, so that each runs after the beginning of the other's package; one class is meant by both."""
    made = "from torch import nn\nfrom . import WIDTH\n\n\ndef make():\n    return nn.Sequential(nn.Linear(4, WIDTH), nn.MaxPool1d(2, padding=1))\n"
    net = ("from torch import nn\nfrom .made import make\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.own = nn.MaxPool1d(2, padding=1)\n"
           "        self.layers = make()\n        self.places = [i for i, layer in enumerate(self.layers) if isinstance(layer, nn.MaxPool1d)]\n\n"
           "    def forward(self, x):\n        for i, layer in enumerate(self.layers):\n            x = layer(x)\n            if i in self.places:\n                x = self.own(x) * 2\n        return x\n")
    write(tmp_path, {"__init__.py": "from torch import nn\nWIDTH = 4\nfrom .made import make\nfrom .net import Net\n\nLAYER = nn.Linear\n", "made.py": made, "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    texts = [(out / name).read_text() for name in ("net.py", "made.py")]
    assert sum("class MaxPool1d" in text for text in texts) == 1 and any("import MaxPool1d" in text for text in texts)


def test_an_adapter_beside_files_that_take_what_their_package_has_by_then(netwright, tmp_path):
    """Net takes all that the package has bound when it runs: what runs before it must not begin it."""
    pool = "from torch import nn\n\n\nclass Pool(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.pool = nn.MaxPool1d(2, padding=1)\n\n    def forward(self, x):\n        return self.pool(x)\n"
    net = ("from torch import nn\nfrom pkg import *\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.own = nn.MaxPool1d(2, padding=1)\n"
           "        self.pool = Pool()\n        self.kinds = [isinstance(layer, nn.MaxPool1d) for layer in self.children()]\n\n    def forward(self, x):\n        return self.pool(self.own(x))\n")
    write(tmp_path, {"__init__.py": "from .pool import *\nfrom .net import *\n", "pool.py": pool, "net.py": net})
    done = netwright("migrate", "--to", "keras", "-o", tmp_path / "out", "--root", tmp_path, "--entry", "Net()", "--input", "x=f32[2,4,8]", tmp_path / "pkg" / "net.py")
    assert done.returncode == 0, done.stderr
    assert "class MaxPool1d" in (tmp_path / "out/pkg/pool.py").read_text() and "from .pool import MaxPool1d" in (tmp_path / "out/pkg/net.py").read_text()


def test_comments_within_an_import_of_which_a_part_stays(netwright, tmp_path):
    """The names that nobody needs go; what is said beside them stays."""
    net = ("from torch import nn\nfrom .sizes import (  # all of them\n    WIDTH,\n    UNUSED,  # for later\n)\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
           "        self.fc = nn.Linear(4, WIDTH)\n\n    def forward(self, x):\n        return self.fc(x)\n")
    write(tmp_path, {"__init__.py": "", "sizes.py": "from torch import nn\n\nWIDTH = 5\n\n\nclass UNUSED(nn.Module):\n    def forward(self, x):\n        return x.unknown_method()\n", "net.py": net})
    done, _, out = migrated(netwright, tmp_path, "Net()", "net.py")
    assert done.returncode == 0, done.stderr
    text = (out / "net.py").read_text()
    assert text.count("# all of them") == 1 and text.count("# for later") == 1 and "import WIDTH\n" in text
