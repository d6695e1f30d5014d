# A registry that imports whatever lies in its folder.
import importlib
import os

PARTS = {}


def register(cls):
    PARTS[cls.__name__.lower()] = cls
    return cls


for _file in sorted(os.listdir(os.path.dirname(__file__))):
    if _file.endswith(".py") and not _file.startswith("_"):
        importlib.import_module(__name__ + "." + _file[: _file.find(".py")])
