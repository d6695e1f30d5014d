"""The operating system: whatever depends on the machine is unknown."""
import _nw
from os import path

name = "posix"
sep = "/"
altsep = None
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
extsep = "."
devnull = "/dev/null"
O_RDONLY = 0


# A program is read as it runs where nobody set a variable: that is what a package does by default.
environ = {}


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(name, value):
    return None


def getcwd():
    return _nw.outside("the working directory")


class _Names(list):
    """Names in an order that nobody knows until they are sorted."""
    is_sorted = False

    def sort(self, *, key=None, reverse=False):
        super().sort(key=key, reverse=reverse)
        self.is_sorted = key is None

    def __getitem__(self, index):
        return super().__getitem__(index) if self.is_sorted else _nw.outside("the order of a folder's files")

    def pop(self, index=-1):
        return super().pop(index) if self.is_sorted else _nw.outside("the order of a folder's files")


def listdir(path="."):
    names = _nw.disk_names(str(path))
    return _Names(names) if _nw.known(names) and len(names) > 1 else names


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def __fspath__(self):
        return self.path

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_symlink(self):
        return path.islink(self.path)


class _Entries:
    def __init__(self, entries):
        self.entries = iter(entries)

    def __iter__(self):
        return self.entries

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None

    def close(self):
        return None


def scandir(path="."):
    folder = str(path)
    names = listdir(folder)
    return _Entries([DirEntry(folder, name) for name in names]) if _nw.known(names) else names


def walk(top, topdown=True, onerror=None, followlinks=False):
    names = listdir(top)
    if not topdown or not _nw.known(names):
        return _nw.outside("the files of a folder")
    return _walk(str(top), names)


def _walk(top, names):
    folders = [name for name in names if path.isdir(path.join(top, name))]
    yield top, folders, [name for name in names if name not in folders]
    for name in folders:
        inner = path.join(top, name)
        for row in _walk(inner, listdir(inner)):
            yield row


def stat(path):
    return _nw.outside("the properties of a file")


def cpu_count():
    return _nw.outside("the number of processors")


def sched_getaffinity(pid):
    return _nw.outside("the processors of this process")


def getpid():
    return _nw.outside("the number of this process")


def getlogin():
    return _nw.outside("the name of the user")


def uname():
    return _nw.outside("the name of this machine")


def urandom(size):
    return _nw.outside("random bytes")


def system(command):
    _nw.disk_change("")
    return _nw.outside("the result of a command")


def popen(cmd, mode="r", buffering=-1):
    _nw.disk_change("")
    return _nw.outside("the result of a command")


def access(path, mode):
    return _nw.outside("whether a file may be used")


def makedirs(name, mode=0o777, exist_ok=False):
    _nw.disk_change(str(name))


def mkdir(path, mode=0o777):
    _nw.disk_change(str(path))


def remove(path):
    _nw.disk_change(str(path))


unlink = remove


def rmdir(path):
    _nw.disk_change(str(path))


def rename(src, dst):
    _nw.disk_change(str(src))
    _nw.disk_change(str(dst))


def replace(src, dst):
    _nw.disk_change(str(src))
    _nw.disk_change(str(dst))


def chdir(path):
    return None


def chmod(path, mode):
    return None


def symlink(src, dst):
    _nw.disk_change(str(dst))


def fspath(path):
    return path if isinstance(path, str) else path.__fspath__()


class PathLike:
    def __class_getitem__(cls, item):
        return cls
