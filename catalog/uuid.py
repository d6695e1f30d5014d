"""Identifiers: unknown."""
import _nw


def uuid1(*args, **kwargs):
    return _nw.unknown("an identifier")


def uuid3(*args, **kwargs):
    return _nw.unknown("an identifier")


def uuid4(*args, **kwargs):
    return _nw.unknown("an identifier")


def uuid5(*args, **kwargs):
    return _nw.unknown("an identifier")


def UUID(*args, **kwargs):
    return _nw.unknown("an identifier")


def getnode(*args, **kwargs):
    return _nw.unknown("an identifier")
