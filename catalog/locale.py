"""The locale: unknown."""
import _nw


def getlocale(*args, **kwargs):
    return _nw.outside("the locale")


def getpreferredencoding(*args, **kwargs):
    return _nw.outside("the locale")


def setlocale(*args, **kwargs):
    return _nw.outside("the locale")
