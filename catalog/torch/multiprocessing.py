import _nw


def cpu_count() -> int:
    return _nw.unknown("the number of processors")


def spawn(fn, args=(), nprocs=1, join=True, daemon=False, start_method="spawn"):
    return _nw.unknown("other processes")


def set_start_method(method, force=False):
    return None


def set_sharing_strategy(new_strategy):
    return None


def get_start_method(allow_none=False):
    return "fork"


def get_context(method=None):
    return _nw.unknown("other processes")


def Manager():
    return _nw.unknown("other processes")
