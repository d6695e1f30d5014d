"""Streams: what they hold is unknown."""
import _nw


def open(*args, **kwargs):
    return _nw.outside("what a file holds")


class IOBase:
    pass


class _Stream(IOBase):
    def __init__(self, initial=None, *args, **kwargs):
        self.initial = initial

    def read(self, size=-1):
        return _nw.outside("what a stream holds")

    def readline(self, size=-1):
        return _nw.outside("what a stream holds")

    def getvalue(self):
        return _nw.outside("what a stream holds")

    def write(self, data):
        return _nw.outside("how much was written")

    def seek(self, offset, whence=0):
        return offset

    def close(self):
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


class BytesIO(_Stream):
    pass


class StringIO(_Stream):
    pass


class TextIOWrapper(_Stream):
    pass
