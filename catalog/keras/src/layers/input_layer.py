"""keras.Input."""
from __future__ import annotations

import _nw
from _nw import check
from keras.src import dtypes, symbolic
from keras.src.layers.layer import Layer

__public__ = "keras.layers"


class InputLayer(Layer):
    def __init__(self, shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, input_tensor=None, optional=False, name=None, **kwargs):
        super().__init__(name=name)
        if "input_shape" in kwargs:
            shape = kwargs.pop("input_shape")
        if "batch_input_shape" in kwargs:
            batch_shape = kwargs.pop("batch_input_shape")
        if input_tensor is not None:
            check(symbolic.is_symbolic(input_tensor), "Argument `input_tensor` must be a KerasTensor.", ValueError)
            batch_shape = input_tensor.shape
            dtype = input_tensor.dtype
        else:
            if shape is not None and batch_shape is not None:
                raise ValueError("You cannot pass both `shape` and `batch_shape` at the same time.")
            if batch_size is not None and batch_shape is not None:
                raise ValueError("You cannot pass both `batch_size` and `batch_shape` at the same time.")
            if shape is None and batch_shape is None:
                raise ValueError("You must pass a `shape` argument.")
            if shape is not None:
                batch_shape = (batch_size,) + tuple([shape] if isinstance(shape, int) else shape)
        if input_tensor is None:
            input_tensor = symbolic.KerasTensor(batch_shape, dtype=dtypes.standardize(dtype), name=name)
        self._batch_shape = input_tensor.shape
        self._dtype = input_tensor.dtype
        self.sparse = bool(sparse)
        self.ragged = bool(ragged)
        self.optional = optional
        self._input_tensor = input_tensor
        symbolic.Node(self, (), {}, input_tensor)
        self.built = True

    def call(self):
        pass

    @property
    def batch_shape(self):
        return self._batch_shape

    @property
    def dtype(self):
        return self._dtype


def Input(shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, tensor=None, optional=False):
    made = InputLayer(shape=shape, batch_size=batch_size, dtype=dtype, sparse=sparse, ragged=ragged, batch_shape=batch_shape, name=name, input_tensor=tensor,
                      optional=optional)
    return made.output
