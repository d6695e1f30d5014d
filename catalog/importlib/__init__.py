"""Imports by name."""
from _nw import import_module
from importlib import util


def reload(module):
    return module


def invalidate_caches():
    return None
