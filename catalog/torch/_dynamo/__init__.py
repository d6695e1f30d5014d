"""torch._dynamo: compilation changes no result."""


def disable(fn=None, recursive=True, *, reason=None, wrapping=True):
    return (lambda function: function) if fn is None else fn


def allow_in_graph(fn):
    return fn


def assume_constant_result(fn):
    return fn


def is_compiling():
    return False


def mark_dynamic(t, index, *, hint_override=None, min=None, max=None):
    pass


def graph_break(msg=""):
    pass


def reset():
    pass


class config:
    suppress_errors = False
    cache_size_limit = 8
    recompile_limit = 8
    capture_scalar_outputs = False
