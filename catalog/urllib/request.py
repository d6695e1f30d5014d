"""The network: unknown."""
import _nw


def urlopen(*args, **kwargs):
    return _nw.outside("a download")


def urlretrieve(*args, **kwargs):
    return _nw.outside("a download")


def Request(*args, **kwargs):
    return _nw.outside("a download")


def build_opener(*args, **kwargs):
    return _nw.outside("a download")


def install_opener(*args, **kwargs):
    return None
