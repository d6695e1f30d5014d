"""Compressed data."""
import _nw


def compress(*args, **kwargs):
    return _nw.outside("compressed data")


def decompress(*args, **kwargs):
    return _nw.outside("compressed data")


def crc32(*args, **kwargs):
    return _nw.outside("compressed data")


def adler32(*args, **kwargs):
    return _nw.outside("compressed data")
