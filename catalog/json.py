"""JSON: what comes from files is unknown."""
import _nw


def load(*args, **kwargs):
    return _nw.unknown("what a file holds")


def loads(*args, **kwargs):
    return _nw.unknown("the contents of a JSON text")


def dumps(*args, **kwargs):
    return _nw.unknown("a JSON text")


def dump(*args, **kwargs):
    return None


class JSONDecodeError(ValueError):
    pass


class JSONEncoder:
    def __init__(self, **options):
        self.options = options


class JSONDecoder:
    def __init__(self, **options):
        self.options = options
