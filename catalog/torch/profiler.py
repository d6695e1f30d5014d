from torch import _Mode


def record_function(name, args=None):
    return _Mode()


def profile(*args, **kwargs):
    return _Mode()


class ProfilerActivity:
    CPU = "CPU"
    CUDA = "CUDA"


def schedule(**options):
    return None
