"""The modules of packages."""
import importlib
from collections import namedtuple
from os import path as _path

import _nw

ModuleInfo = namedtuple("ModuleInfo", "module_finder name ispkg")


def iter_modules(path=None, prefix=""):
    if path is None:
        return _nw.outside("the packages that are installed")
    found = []
    for folder in path:
        names = _nw.disk_names(str(folder))
        if not _nw.known(names):
            return names
        for name in names:
            if _path.isfile(_path.join(folder, name, "__init__.py")):
                found.append(ModuleInfo(None, prefix + name, True))
            elif name.endswith(".py") and name != "__init__.py":
                found.append(ModuleInfo(None, prefix + name[:-3], False))
    return iter(found)


def walk_packages(path=None, prefix="", onerror=None):
    rows = iter_modules(path, prefix)
    return _walk(rows, onerror) if _nw.known(rows) else rows


def _walk(rows, onerror):
    for row in rows:
        yield row
        if row.ispkg:
            package = importlib.import_module(row.name)
            for inner in _walk(iter_modules(package.__path__, row.name + "."), onerror):
                yield inner


def extend_path(path, name):
    return path
