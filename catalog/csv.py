"""Tables in files: unknown."""
import _nw


def reader(*args, **kwargs):
    return _nw.unknown("what a file holds")


def DictReader(*args, **kwargs):
    return _nw.unknown("what a file holds")


def writer(*args, **kwargs):
    return _nw.unknown("a file")


def DictWriter(*args, **kwargs):
    return _nw.unknown("a file")


QUOTE_MINIMAL = 0
QUOTE_ALL = 1
QUOTE_NONE = 3
