"""tensorflow.bitwise."""
from __future__ import annotations

from _nw import op
from tensorflow import _plain, _two

__public__ = "tensorflow.bitwise"


@op(pivot="bitwise_and(x, y)")
def bitwise_and(x, y, name=None) -> Tensor:
    return _two("bitwise_and", x, y)


@op(pivot="bitwise_or(x, y)")
def bitwise_or(x, y, name=None) -> Tensor:
    return _two("bitwise_or", x, y)


@op(pivot="bitwise_xor(x, y)")
def bitwise_xor(x, y, name=None) -> Tensor:
    return _two("bitwise_xor", x, y)


@op(pivot="shift_left(x, y)")
def left_shift(x, y, name=None) -> Tensor:
    return _two("left_shift", x, y)


@op(pivot="shift_right(x, y)")
def right_shift(x, y, name=None) -> Tensor:
    return _two("right_shift", x, y)


@op(pivot="bitwise_not(x)")
def invert(x, name=None) -> Tensor:
    return _plain(x)
