from torch import _Mode


def record_function(name, args=None):
    return _Mode()


def profile(*args, **kwargs):
    return _Mode()
