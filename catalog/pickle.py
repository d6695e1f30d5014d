"""Pickled objects: unknown."""
import _nw


def load(*args, **kwargs):
    return _nw.outside("a pickled object")


def loads(*args, **kwargs):
    return _nw.outside("a pickled object")


def dumps(*args, **kwargs):
    return _nw.outside("a pickle")


def dump(*args, **kwargs):
    return None


HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4


class PickleError(Exception):
    pass


class UnpicklingError(PickleError):
    pass


class Unpickler:
    def __init__(self, file, **options):
        self.file = file

    def load(self):
        return _nw.outside("a pickled object")
