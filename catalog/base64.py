"""Encoded data."""
import _nw


def b64encode(*args, **kwargs):
    return _nw.outside("encoded data")


def b64decode(*args, **kwargs):
    return _nw.outside("encoded data")


def urlsafe_b64encode(*args, **kwargs):
    return _nw.outside("encoded data")


def urlsafe_b64decode(*args, **kwargs):
    return _nw.outside("encoded data")
