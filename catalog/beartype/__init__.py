"""Checks of annotations at run time: the functions and classes themselves."""
from beartype import door, typing


class BeartypeConf:
    def __init__(self, **options):
        self.options = options


class BeartypeStrategy:
    O0 = 0
    O1 = 1
    On = 2


class FrozenDict(dict):
    pass


def _returned(obj):
    return obj


def beartype(obj=None, *, conf=None):
    return _returned if obj is None else obj
