import sys

_ENTRY = {}


def register(fn):
    module = sys.modules[fn.__module__]
    name = fn.__name__
    if hasattr(module, "__all__"):
        module.__all__.append(name)
    else:
        module.__all__ = [name]
    _ENTRY[name] = fn
    return fn


def is_model(name):
    return name in _ENTRY


def create(name, *, scriptable=None, **kwargs):
    kwargs = {k: v for k, v in kwargs.items() if v is not None}
    base, _, tag = name.partition(".")
    if not is_model(base):
        raise RuntimeError("Unknown model (%s)" % name)
    return _ENTRY[base](pretrained=False, **kwargs)
