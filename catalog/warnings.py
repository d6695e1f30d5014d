"""Warnings change nothing."""


def warn(message, category=None, stacklevel=1, source=None, **options):
    return None


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    return None


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    return None


def simplefilter(action, category=Warning, lineno=0, append=False):
    return None


def resetwarnings():
    return None


def showwarning(*args, **kwargs):
    return None


def formatwarning(message, category, filename, lineno, line=None):
    return str(message)


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self.record = record

    def __enter__(self):
        return [] if self.record else None

    def __exit__(self, kind, value, trace):
        return None


def _returned(function):
    return function


def deprecated(message, /, *, category=None, stacklevel=1):
    return _returned
