"""keras.Variable."""
from __future__ import annotations

import _nw
from keras.src import dtypes, state
from keras.src import tensor as _tensor

__public__ = "keras"

_nw.Parameter(_nw.tensor(()))  # from here on the marks are tensors of this framework


class Variable(_nw.Parameter):
    """A weight. It has the mark of a parameter, or of a buffer where it was made as one that is not trained."""

    def __new__(cls, initializer, shape=None, dtype=None, trainable=True, autocast=True, aggregation="none", synchronization="auto", name=None, **kwargs):
        if name is None:
            name = state.auto_name("Variable")
        if not isinstance(name, str) or "/" in name:
            raise ValueError("Argument `name` must be a string and cannot contain character `/`.")
        data = None
        if isinstance(initializer, str) or callable(initializer):
            if shape is None:
                raise ValueError("When creating a Variable from an initializer, the `shape` argument should be specified.")
            dtype = dtypes.standardize(dtype)
            shape = _sizes(shape)
            data = _contents(initializer, shape)
        else:
            from keras.src.conversion import to_tensor
            value = to_tensor(initializer, dtype)
            shape = tuple(value.shape)
            dtype = dtypes.name_of(value)
            data = _nw.flat(value)
        path = state.current_path()
        made = _nw.variable(cls, shape, dtype, bool(trainable))
        made.name = name
        made.path = path + "/" + name if path else name
        made.trainable = bool(trainable)
        made.regularizer = None
        made.constraint = None
        made.initializer = initializer
        made._contents = data
        return made

    def __init__(self, *args, **kwargs):
        pass

    @property
    def value(self):
        return self

    @property
    def handle(self):
        return self

    def numpy(self):
        return _nw.unknown("the contents of a weight")


def _sizes(shape):
    if isinstance(shape, int):
        shape = (shape,)
    sizes = []
    for size in shape:
        if size is None:
            raise ValueError("Shapes used to initialize variables must be fully-defined (no `None` dimensions).")
        sizes.append(size)
    return tuple(sizes)


def _contents(initializer, shape):
    """Known contents of small constant weights."""
    return None
