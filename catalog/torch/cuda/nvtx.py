from torch import _Mode


def range_push(msg):
    return None


def range_pop():
    return None


def range(msg, *args, **kwargs):
    return _Mode()


def mark(msg):
    return None
