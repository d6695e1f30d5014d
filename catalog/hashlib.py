"""Digests: unknown."""
import _nw


def md5(*args, **kwargs):
    return _nw.unknown("a digest")


def sha1(*args, **kwargs):
    return _nw.unknown("a digest")


def sha224(*args, **kwargs):
    return _nw.unknown("a digest")


def sha256(*args, **kwargs):
    return _nw.unknown("a digest")


def sha384(*args, **kwargs):
    return _nw.unknown("a digest")


def sha512(*args, **kwargs):
    return _nw.unknown("a digest")


def blake2b(*args, **kwargs):
    return _nw.unknown("a digest")


def new(*args, **kwargs):
    return _nw.unknown("a digest")


def file_digest(*args, **kwargs):
    return _nw.unknown("a digest")
