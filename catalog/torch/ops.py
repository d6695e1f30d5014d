"""Operators registered by extensions: unknown."""
import _nw


def load_library(path):
    return None


def __getattr__(name):
    return _nw.unknown("an operator of an extension, torch.ops." + name)
