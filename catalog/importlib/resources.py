"""Files of packages: unknown."""
import _nw


def files(*args, **kwargs):
    return _nw.outside("a file of a package")


def path(*args, **kwargs):
    return _nw.outside("a file of a package")


def open_text(*args, **kwargs):
    return _nw.outside("a file of a package")


def open_binary(*args, **kwargs):
    return _nw.outside("a file of a package")


def read_text(*args, **kwargs):
    return _nw.outside("a file of a package")


def read_binary(*args, **kwargs):
    return _nw.outside("a file of a package")


def as_file(*args, **kwargs):
    return _nw.outside("a file of a package")
