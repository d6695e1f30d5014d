"""Files on the disk."""
import _nw


def which(*args, **kwargs):
    return _nw.outside("whether a program is installed")


def disk_usage(*args, **kwargs):
    return _nw.outside("a property of this machine")


def get_terminal_size(*args, **kwargs):
    return _nw.outside("a property of this machine")


def copy(*args, **kwargs):
    _nw.disk_change("")


def copy2(*args, **kwargs):
    _nw.disk_change("")


def copyfile(*args, **kwargs):
    _nw.disk_change("")


def copyfileobj(*args, **kwargs):
    _nw.disk_change("")


def copytree(*args, **kwargs):
    _nw.disk_change("")


def rmtree(*args, **kwargs):
    _nw.disk_change("")


def move(*args, **kwargs):
    _nw.disk_change("")


def unpack_archive(*args, **kwargs):
    _nw.disk_change("")


def make_archive(*args, **kwargs):
    _nw.disk_change("")
