"""Streams: what they hold is unknown."""
import _nw


_UTF8 = ("utf-8", "utf8", "utf_8", "UTF-8", "UTF8")


def open(file, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    reads = _nw.known(mode) and mode in ("r", "rt", "rb")
    if not reads:
        _nw.disk_change(str(file))
    kind = _nw.disk_kind(str(file))
    if reads and _nw.known(kind) and kind == "":
        raise FileNotFoundError(2, "No such file or directory")
    text = _nw.disk_text(str(file), _nw.known(encoding) and encoding in _UTF8) if reads and mode != "rb" else None
    return _File(text) if text is not None and _nw.known(text) else _nw.outside("what a file holds")


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


class _File(IOBase):
    """A text of the packages, which is known."""

    def __init__(self, text):
        self.text = text
        self.position = 0

    def read(self, size=-1):
        start = self.position
        self.position = len(self.text) if size is None or size < 0 else min(len(self.text), start + size)
        return self.text[start:self.position]

    def readline(self, size=-1):
        end = self.text.find("\n", self.position)
        return self.read(len(self.text) if end < 0 else end + 1 - self.position)

    def readlines(self, hint=-1):
        return self.read().splitlines(True)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if line == "":
            raise StopIteration
        return line

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _nw.outside("a property of a file")

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
