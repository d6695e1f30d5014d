"""The interpreter: Python 3.11 on Linux."""
import _nw

version_info = _nw.namedtuple("version_info", ("major", "minor", "micro", "releaselevel", "serial"))(3, 11, 7, "final", 0)
version = "3.11.7"
hexversion = 0x030B07F0
platform = "linux"
maxsize = 9223372036854775807
maxunicode = 1114111
byteorder = "little"
modules = _nw.modules()
argv = _nw.outside("the command line")
path = _nw.outside("the import path")
executable = _nw.outside("the path of Python")
prefix = _nw.outside("the path of Python")
stdin = _nw.outside("the standard input")
flags = _nw.outside("the flags of Python")


class _Output:
    """What is written goes nowhere that a program could look."""
    encoding = "utf-8"
    errors = "strict"

    def write(self, text):
        return len(text)

    def writelines(self, lines):
        return None

    def flush(self):
        return None

    def isatty(self):
        return _nw.outside("whether somebody looks at the output")

    def fileno(self):
        return _nw.outside("the number of a file")


stdout = _Output()
stderr = _Output()
__stdout__ = stdout
__stderr__ = stderr


class float_info:
    max = 1.7976931348623157e+308
    min = 2.2250738585072014e-308
    epsilon = 2.220446049250313e-16


def exit(status=None):
    raise SystemExit(status)


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    return None


def getsizeof(object, default=0):
    return _nw.outside("the size of an object")


def exc_info():
    return (None, None, None)


def _getframe(depth=0):
    return _nw.outside("a frame")


def getdefaultencoding():
    return "utf-8"


def intern(string):
    return string
