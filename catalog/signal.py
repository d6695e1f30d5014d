"""Signals."""
import _nw


def signal(*args, **kwargs):
    return None


def alarm(*args, **kwargs):
    return None


SIGINT = 2
SIGTERM = 15
SIGALRM = 14
