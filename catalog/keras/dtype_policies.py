"""keras.dtype_policies."""
from __future__ import annotations

from keras.src.layers.layer import DTypePolicy
from keras.src.layers.layer import _policy

__public__ = "keras.dtype_policies"


def get(identifier):
    return _policy(identifier)
