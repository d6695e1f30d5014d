# What a package reads from its own folder: sizes, a version, the names of its parts.
# entry: Net()
# input: f32[2,4]
import fnmatch
import functools
import glob
import inspect
import json
import os
import pkgutil
from pathlib import Path
from unittest.mock import MagicMock

import torch
from torch import nn

from . import __version__, parts

HERE = Path(__file__).parent
IS_MOCKED = isinstance(torch, MagicMock)


@functools.wraps(parts.register)
def wrapper(cls):
    return cls


FILES = [inspect.getsourcefile(of) for of in (parts, parts.register, parts.PARTS["wide"], parts.PARTS["wide"].forward, wrapper)]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        with open(HERE / "sizes.json") as f:
            sizes = json.load(f)
        major = int((HERE / "VERSION").read_text().split(".")[0])
        self.a = parts.PARTS["wide" if sizes["wide"] else "narrow"](4, sizes["width"])
        self.b = parts.PARTS["narrow"](sizes["width"], major + len(sizes["names"]))
        names = [module.name for module in pkgutil.iter_modules(parts.__path__)]
        files = [os.path.basename(name) for name in glob.glob(os.path.join(os.path.dirname(__file__), "*.json"))]
        entries = [entry.name for entry in os.scandir(HERE) if entry.is_dir() and fnmatch.fnmatch(entry.name, "p*")]
        self.counts = nn.Linear(len(names), len(files) + len(entries))
        stems = [Path(name).stem for name in FILES]
        self.made = nn.Linear(1, 5 if stems == ["__init__", "__init__", "wide", "wide", "model"] else 6)
        self.last = nn.Linear(9, 9) if os.path.isfile(HERE / "weights.bin") or IS_MOCKED else nn.Identity()

    def forward(self, x):
        return self.last(self.b(self.a(x)))
