"""Tables in files: unknown."""
import _nw


def reader(*args, **kwargs):
    return _nw.outside("what a file holds")


def DictReader(*args, **kwargs):
    return _nw.outside("what a file holds")


def writer(*args, **kwargs):
    return _nw.outside("a file")


def DictWriter(*args, **kwargs):
    return _nw.outside("a file")


QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONE = 3
