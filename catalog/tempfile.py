"""Temporary files."""
import _nw


def mkdtemp(*args, **kwargs):
    return _nw.outside("a temporary file")


def mkstemp(*args, **kwargs):
    return _nw.outside("a temporary file")


def gettempdir(*args, **kwargs):
    return _nw.outside("a temporary file")


def NamedTemporaryFile(*args, **kwargs):
    return _nw.outside("a temporary file")


def TemporaryFile(*args, **kwargs):
    return _nw.outside("a temporary file")


def TemporaryDirectory(*args, **kwargs):
    return _nw.outside("a temporary file")
