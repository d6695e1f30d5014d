"""Configuration files: unknown."""
import _nw


def load(*args, **kwargs):
    return _nw.outside("what a file holds")


def safe_load(*args, **kwargs):
    return _nw.outside("what a file holds")


def full_load(*args, **kwargs):
    return _nw.outside("what a file holds")


def load_all(*args, **kwargs):
    return _nw.outside("what a file holds")


def safe_load_all(*args, **kwargs):
    return _nw.outside("what a file holds")


def dump(*args, **kwargs):
    return _nw.outside("a text")


def safe_dump(*args, **kwargs):
    return _nw.outside("a text")


class Loader:
    pass


class SafeLoader(Loader):
    pass


class FullLoader(Loader):
    pass
