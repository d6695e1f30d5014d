"""Paths as text; what is on the disk outside of the packages is unknown."""
import glob as _glob
import io as _io

import _nw
from os import path as _path


class PurePath:
    def __init__(self, *pathsegments):
        text = _path.join(*[str(segment) for segment in pathsegments]) if pathsegments else "."
        known = _nw.known(text)
        self._text = text if not known or ".." in text else _path.normpath(text)

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return "PosixPath(" + repr(self._text) + ")"

    def __truediv__(self, key):
        return self.__class__(_path.join(self._text, str(key)))

    def __rtruediv__(self, key):
        return self.__class__(_path.join(str(key), self._text))

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def joinpath(self, *pathsegments):
        return self.__class__(_path.join(self._text, *[str(segment) for segment in pathsegments]))

    @property
    def name(self):
        return _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def parent(self):
        return self.__class__(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        found = []
        one = self.parent
        while one._text != self._text and (not found or one._text != found[-1]._text):
            found.append(one)
            one = one.parent
        return tuple(found)

    @property
    def parts(self):
        lead = ("/",) if self._text.startswith("/") else ()
        return lead + tuple([part for part in self._text.split("/") if part])

    def is_absolute(self):
        return self._text.startswith("/")

    def with_suffix(self, suffix):
        return self.__class__(_path.splitext(self._text)[0] + suffix)

    def with_name(self, name):
        return self.parent / name

    def as_posix(self):
        return self._text


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return _nw.outside("the working directory")

    @classmethod
    def home(cls):
        return cls(_path.expanduser("~"))

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return _path.isfile(self._text)

    def is_dir(self):
        return _path.isdir(self._text)

    def resolve(self, strict=False):
        return self

    def absolute(self):
        return self

    def expanduser(self):
        return self.__class__(_path.expanduser(self._text))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        _nw.disk_change(self._text)

    def unlink(self, missing_ok=False):
        _nw.disk_change(self._text)

    def open(self, *args, **kwargs):
        return _io.open(self._text, *args, **kwargs)

    def read_text(self, encoding=None, errors=None):
        return self.open(encoding=encoding).read()

    def read_bytes(self):
        return _nw.outside("what a file holds")

    def write_text(self, data, encoding=None, errors=None):
        _nw.disk_change(self._text)
        return len(data)

    def write_bytes(self, data):
        _nw.disk_change(self._text)
        return len(data)

    def glob(self, pattern):
        found = _glob.glob(_path.join(self._text, pattern))
        return iter([self.__class__(name) for name in found]) if _nw.known(found) else found

    def rglob(self, pattern):
        return _nw.outside("the files of a folder")

    def iterdir(self):
        names = _nw.disk_names(self._text)
        return iter([self / name for name in names]) if _nw.known(names) else names

    def stat(self):
        return _nw.outside("the properties of a file")


PosixPath = Path
PurePosixPath = PurePath
