"""Numerical methods: unknown."""
import _nw


def inv(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def sqrtm(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def expm(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def svd(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def toeplitz(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def hankel(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def block_diag(*args, **kwargs):
    return _nw.unknown("a result of scipy")


def solve(*args, **kwargs):
    return _nw.unknown("a result of scipy")
