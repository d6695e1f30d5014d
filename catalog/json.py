"""JSON: what comes from files outside of the packages is unknown."""
import _nw
import io as _io


def load(fp, **kwargs):
    return loads(fp.read(), **kwargs) if _nw.known(fp) and isinstance(fp, _io._File) else _nw.unknown("what a file holds")


def loads(s, **kwargs):
    """A known text is read as the Python expression that it is, too."""
    if not isinstance(s, str) or kwargs:
        return _nw.unknown("the contents of a JSON text")
    return eval(s.strip(), {"true": True, "false": False, "null": None})


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
