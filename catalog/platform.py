"""This machine: Linux on x86-64, otherwise unknown."""
import _nw


def machine():
    return "x86_64"


def node(*args, **kwargs):
    return _nw.outside("a property of this machine")


def processor():
    return "x86_64"


def platform(*args, **kwargs):
    return _nw.outside("a property of this machine")


def uname(*args, **kwargs):
    return _nw.outside("a property of this machine")


def version(*args, **kwargs):
    return _nw.outside("a property of this machine")


def release(*args, **kwargs):
    return _nw.outside("a property of this machine")


def mac_ver(*args, **kwargs):
    return _nw.outside("a property of this machine")


def libc_ver(*args, **kwargs):
    return _nw.outside("a property of this machine")


def system():
    return "Linux"


def python_version():
    return "3.11.7"


def python_implementation():
    return "CPython"


def python_version_tuple():
    return ("3", "11", "7")
