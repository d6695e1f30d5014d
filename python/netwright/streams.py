"""Bytes of checkpoints: what the readers of all formats share."""

import numpy as np


class Unreadable(Exception):
    """A checkpoint that is not what its name says, or holds what cannot be carried."""


def fill_from(stream, array, name):
    """Reads the bytes of a contiguous array."""
    view = memoryview(array.reshape(-1).view(np.uint8))
    at = 0
    while at < len(view):
        count = stream.readinto(view[at:at + (64 << 20)])
        if not count:
            raise Unreadable(f"{name}: the file ends within it")
        at += count
    return array
