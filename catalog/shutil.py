"""Files on the disk."""
import _nw


def which(*args, **kwargs):
    return _nw.outside("whether a program is installed")


def disk_usage(*args, **kwargs):
    return _nw.outside("a property of this machine")


def get_terminal_size(*args, **kwargs):
    return _nw.outside("a property of this machine")


def copy(*args, **kwargs):
    return None


def copy2(*args, **kwargs):
    return None


def copyfile(*args, **kwargs):
    return None


def copyfileobj(*args, **kwargs):
    return None


def copytree(*args, **kwargs):
    return None


def rmtree(*args, **kwargs):
    return None


def move(*args, **kwargs):
    return None


def unpack_archive(*args, **kwargs):
    return None


def make_archive(*args, **kwargs):
    return None
