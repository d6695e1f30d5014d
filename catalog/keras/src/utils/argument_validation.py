"""Checks of the options of layers."""
from __future__ import annotations

__public__ = "keras.src.utils.argument_validation"


def standardize_tuple(value, n, name, allow_zero=False):
    message = "The `" + name + "` argument must be a tuple of " + str(n) + " integers. Received " + name + "=" + str(value)
    if isinstance(value, int):
        found = (value,) * n
    elif isinstance(value, (tuple, list)):
        found = tuple(value)
    else:
        raise ValueError(message)
    if len(found) != n:
        raise ValueError(message)
    for one in found:
        if one < 0 or (one == 0 and not allow_zero):
            raise ValueError(message + ", including values that do not satisfy `value " + (">= 0`" if allow_zero else "> 0`"))
    return found


def standardize_padding(value, allow_causal=False):
    if isinstance(value, (list, tuple)):
        return value
    padding = value.lower()
    if padding not in ("valid", "same") and not (allow_causal and padding == "causal"):
        raise ValueError("The `padding` argument must be a list/tuple or one of 'valid', 'same'. Received: " + padding)
    return padding
