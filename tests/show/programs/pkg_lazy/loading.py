import importlib
import os
import types


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
        for part, inner in self._structure.items():
            if isinstance(inner, dict) and name in inner:
                return getattr(importlib.import_module(self.__name__ + "." + part), name)
        return importlib.import_module(self.__name__ + "." + name)
