"""tensorflow.compat.v1: what is the same in both versions."""
from __future__ import annotations

from tensorflow import *


def disable_eager_execution():
    return None


def enable_eager_execution():
    return None


def disable_v2_behavior():
    return None
