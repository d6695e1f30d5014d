# A package that looks on the disk what it may load, and puts an object in its place that loads it when it is asked for.
import importlib
import os
import sys
import types
from typing import TYPE_CHECKING

__version__ = "3.2"


def find_structure(folder):
    found = {}
    for name in os.listdir(folder):
        if os.path.isdir(os.path.join(folder, name)):
            found[name] = find_structure(os.path.join(folder, name))
        elif name.endswith(".py"):
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                while line := f.readline():
                    if line.startswith("class "):
                        found[line[6:].split("(")[0]] = name[:-3]
    return found


class LazyModule(types.ModuleType):
    def __init__(self, name, file, structure):
        super().__init__(name)
        self.__file__ = file
        self.__path__ = [os.path.dirname(file)]
        self._structure = structure

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._structure and isinstance(self._structure[name], str):
            return getattr(importlib.import_module(self.__name__ + "." + self._structure[name]), name)
        return importlib.import_module(self.__name__ + "." + name)


if TYPE_CHECKING:
    from .net import Net
else:
    sys.modules[__name__] = LazyModule(__name__, __file__, find_structure(os.path.dirname(__file__)))
    sys.modules[__name__].__version__ = __version__
