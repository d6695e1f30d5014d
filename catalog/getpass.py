"""The user: unknown."""
import _nw


def getuser(*args, **kwargs):
    return _nw.outside("the user")


def getpass(*args, **kwargs):
    return _nw.outside("the user")
