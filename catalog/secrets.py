"""Random numbers: unknown."""
import _nw


def token_hex(*args, **kwargs):
    return _nw.outside("a random number")


def token_bytes(*args, **kwargs):
    return _nw.outside("a random number")


def token_urlsafe(*args, **kwargs):
    return _nw.outside("a random number")


def choice(*args, **kwargs):
    return _nw.outside("a random number")


def randbelow(*args, **kwargs):
    return _nw.outside("a random number")
