"""Other programs: unknown."""
import _nw


def run(*args, **kwargs):
    return _nw.outside("the result of a command")


def call(*args, **kwargs):
    return _nw.outside("the result of a command")


def check_call(*args, **kwargs):
    return _nw.outside("the result of a command")


def check_output(*args, **kwargs):
    return _nw.outside("the result of a command")


def getoutput(*args, **kwargs):
    return _nw.outside("the result of a command")


def getstatusoutput(*args, **kwargs):
    return _nw.outside("the result of a command")


def Popen(*args, **kwargs):
    return _nw.outside("the result of a command")


PIPE = -1
STDOUT = -2
DEVNULL = -3


class CalledProcessError(Exception):
    pass


class TimeoutExpired(Exception):
    pass
