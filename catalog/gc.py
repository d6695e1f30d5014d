"""The collector."""
import _nw


def collect(*args, **kwargs):
    return _nw.outside("the state of the collector")


def get_count(*args, **kwargs):
    return _nw.outside("the state of the collector")


def get_objects(*args, **kwargs):
    return _nw.outside("the state of the collector")


def enable(*args, **kwargs):
    return None


def disable(*args, **kwargs):
    return None


def freeze(*args, **kwargs):
    return None
