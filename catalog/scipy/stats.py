"""Numerical methods: unknown."""
import _nw


def norm(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def truncnorm(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def multivariate_normal(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def ortho_group(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def special_ortho_group(*args, **kwargs):
    return _nw.unknown("a result of scipy")
