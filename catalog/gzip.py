"""Compressed data: unknown."""
import _nw


def open(*args, **kwargs):
    return _nw.outside("compressed data")


def compress(*args, **kwargs):
    return _nw.outside("compressed data")


def decompress(*args, **kwargs):
    return _nw.outside("compressed data")


def GzipFile(*args, **kwargs):
    return _nw.outside("compressed data")
