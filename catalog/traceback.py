"""Traces."""
import _nw


def format_exc(*args, **kwargs):
    return _nw.unknown("a trace")


def format_exception(*args, **kwargs):
    return _nw.unknown("a trace")


def extract_stack(*args, **kwargs):
    return _nw.unknown("a trace")


def extract_tb(*args, **kwargs):
    return _nw.unknown("a trace")


def format_stack(*args, **kwargs):
    return _nw.unknown("a trace")


def print_exc(*args, **kwargs):
    return None


def print_stack(*args, **kwargs):
    return None


def print_exception(*args, **kwargs):
    return None
