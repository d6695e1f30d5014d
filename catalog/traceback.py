"""Traces. What they say is of no concern to a model; that they are text is."""

_HEAD = "Traceback (most recent call last):\n"


def format_exc(*args, **kwargs):
    return _HEAD


def format_exception(*args, **kwargs):
    return [_HEAD]


def extract_stack(*args, **kwargs):
    return []


def extract_tb(*args, **kwargs):
    return []


def format_stack(*args, **kwargs):
    return [_HEAD]


def print_exc(*args, **kwargs):
    return None


def print_stack(*args, **kwargs):
    return None


def print_exception(*args, **kwargs):
    return None
