"""Files on the disk: known among the packages, where only a path's last part is a pattern."""
import fnmatch
from os import path as _path

import _nw


def has_magic(s):
    return "*" in s or "?" in s or "[" in s


def _found(pathname):
    folder, pattern = _path.split(str(pathname))
    names = _nw.outside("the files of a folder") if has_magic(folder) else _nw.disk_names(folder)
    if not _nw.known(names):
        return names
    return [_path.join(folder, name) for name in fnmatch.filter(names, pattern) if pattern.startswith(".") or not name.startswith(".")]


def glob(pathname, *args, **kwargs):
    return _found(pathname)


def iglob(pathname, *args, **kwargs):
    found = _found(pathname)
    return iter(found) if _nw.known(found) else found


def escape(pathname):
    return pathname
