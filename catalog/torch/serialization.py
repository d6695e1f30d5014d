"""torch.serialization: nobody knows what a file holds."""
from torch import load, save

DEFAULT_PROTOCOL = 2


def add_safe_globals(safe_globals):
    return None


def get_default_load_endianness():
    return None


class safe_globals:
    def __init__(self, safe_globals):
        pass

    def __enter__(self):
        return None

    def __exit__(self, type, value, trace):
        pass
