"""Registration of custom operators: the Python implementation is what runs."""


def _returned(fn):
    return fn


def custom_op(name, fn=None, /, *, mutates_args=(), device_types=None, schema=None, tags=None):
    return _returned if fn is None else fn


def register_fake(op, func=None, /, *, lib=None, _stacklevel=1, allow_override=False):
    return _returned if func is None else func


def register_kernel(op, device_types, func=None, /, *, lib=None):
    return _returned if func is None else func


def register_autograd(op, backward, /, *, setup_context=None, lib=None):
    return None


def impl(qualname, types, func=None, *, lib=None):
    return _returned if func is None else func


def impl_abstract(qualname, func=None, *, lib=None, _stacklevel=1):
    return _returned if func is None else func


def define(qualname, schema, *, lib=None, tags=()):
    return None


def triton_op(name, fn=None, /, *, mutates_args=(), schema=None):
    return _returned if fn is None else fn


def wrap_triton(triton_kernel):
    return triton_kernel


class Library:
    def __init__(self, ns, kind, dispatch_key=""):
        self.ns = ns

    def define(self, schema, alias_analysis="", *, tags=()):
        return None

    def impl(self, op_name, fn, dispatch_key="", *, with_keyset=False):
        return None
