"""Tensors as the TensorFlow backend has them, and their shapes."""
from __future__ import annotations

import _nw
from _nw import op

__public__ = "tensorflow"


class _UnknownShape:
    """TensorShape(None): of no tensor whose number of axes is known."""

    rank = None
    ndims = None
    dims = None

    def __eq__(self, other):
        return isinstance(other, _UnknownShape)

    def __ne__(self, other):
        return not isinstance(other, _UnknownShape)


class TensorShape(_nw.Size):
    """A shape: a tuple with a few methods more."""

    def __new__(cls, dims=None):
        return _UnknownShape() if dims is None else _nw.Size.__new__(cls, (dims,) if isinstance(dims, int) else dims)

    @property
    def rank(self):
        return len(self)

    @property
    def ndims(self):
        return len(self)

    @property
    def dims(self):
        return list(self)

    def as_list(self):
        return list(self)

    def is_fully_defined(self):
        return None not in self

    def num_elements(self):
        return _nw.prod(self)

    def concatenate(self, other):
        return TensorShape(tuple(self) + tuple(other))

    def with_rank(self, rank):
        _nw.check(len(self) == rank, "Shape must have another rank", ValueError)
        return self

    def with_rank_at_least(self, rank):
        _nw.check(len(self) >= rank, "Shape must have a higher rank", ValueError)
        return self

    def assert_has_rank(self, rank):
        _nw.check(len(self) == rank, "Shape must have another rank", ValueError)


def _written(variable, value):
    """The variable with another value of its shape in it."""
    from keras.src import conversion, dtypes
    value = conversion.to_tensor(value, dtypes.name_of(variable))
    _nw.check(tuple(value.shape) == tuple(variable.shape), "The shape of the target variable and the shape of the target value in `variable.assign(value)` must match.", ValueError)
    return _nw.overwrite(variable, _nw.flat(value))


class Tensor(_nw.TensorBase):
    """An eager tensor, or what a variable holds."""

    @op(effects="in_place", pivot="cast(value, self.dtype)")
    def assign(self, value, use_locking=False, name=None, read_value=True) -> Tensor:
        return _written(self, value)

    @op(effects="in_place", pivot="add(self, value)")
    def assign_add(self, value, use_locking=False, name=None, read_value=True) -> Tensor:
        return _nw.overwrite(self)

    @op(effects="in_place", pivot="subtract(self, value)")
    def assign_sub(self, value, use_locking=False, name=None, read_value=True) -> Tensor:
        return _nw.overwrite(self)

    def get_shape(self):
        return self.shape

    def set_shape(self, shape):
        """Sizes that are told where they may not be known; None: nothing is said of one."""
        told = None if shape is None else list(shape)
        fits = told is None or (len(told) == len(self.shape) and all([size is None or size == own for size, own in zip(told, self.shape)]))
        _nw.check(fits, "Tensor's shape is not compatible with the supplied shape", ValueError)

    def numpy(self):
        from keras.src.ops.core import convert_to_numpy
        return convert_to_numpy(self)

    @op(pivot="unstack(self, axis=0)")
    def __iter__(self) -> list[Tensor]:
        return [self]

    @op(effects="host")
    def __bool__(self) -> bool:
        return _nw.unknown("the truth of a tensor")

    @op(effects="host")
    def __int__(self) -> int:
        return _nw.unknown("the value of a tensor")

    @op(effects="host")
    def __float__(self) -> float:
        return _nw.unknown("the value of a tensor")
