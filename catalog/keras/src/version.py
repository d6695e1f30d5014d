from __future__ import annotations


def version():
    return "3.15.1"


__version__ = "3.15.1"
