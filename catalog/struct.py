"""Binary data."""
import _nw


def pack(*args, **kwargs):
    return _nw.outside("binary data")


def unpack(*args, **kwargs):
    return _nw.outside("binary data")


def unpack_from(*args, **kwargs):
    return _nw.outside("binary data")


def calcsize(*args, **kwargs):
    return _nw.outside("binary data")


def pack_into(*args, **kwargs):
    return None
