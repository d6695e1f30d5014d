"""Numerical methods: unknown."""
import _nw


def get_window(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def butter(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def lfilter(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def firwin(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def resample(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def kaiserord(*args, **kwargs):
    return _nw.unknown("a result of scipy")
