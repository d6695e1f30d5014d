"""Weights in files: unknown."""
import _nw


def load_file(*args, **kwargs):
    return _nw.outside("what a file holds")


def load(*args, **kwargs):
    return _nw.outside("what a file holds")


def save(*args, **kwargs):
    return _nw.outside("what a file holds")


def load_model(*args, **kwargs):
    return _nw.outside("what a file holds")


def save_file(*args, **kwargs):
    return None


def save_model(*args, **kwargs):
    return None
