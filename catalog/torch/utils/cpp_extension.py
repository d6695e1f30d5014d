import _nw

CUDA_HOME = None


def load(*args, **kwargs):
    return _nw.unknown("a compiled extension")


def load_inline(*args, **kwargs):
    return _nw.unknown("a compiled extension")
