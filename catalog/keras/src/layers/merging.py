"""Layers of several inputs."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, normal_dim, prod
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer

__public__ = "keras.layers"



class Merge(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        if not isinstance(input_shape, (list, tuple)) or (input_shape and not isinstance(input_shape[0], (tuple, list))):
            raise ValueError("A merge layer should be called on a list of inputs.")
        if len(input_shape) < 1:
            raise ValueError("A merge layer should be called on a list of at least 1 input.")
        self.built = True

    def compute_mask(self, inputs, mask=None):
        if mask is None or any([one is None for one in mask]):
            return None
        from keras.src.ops.numpy import logical_or
        joined = mask[0]
        for one in mask[1:]:
            joined = logical_or(joined, one)
        return joined

    def _nw_merged(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError("A merge layer should be called on a list of inputs.")
        ranks = [len(x.shape) for x in inputs]
        most = max(ranks)
        shapes = []
        for x in inputs:
            shape = list(x.shape)
            while len(shape) < most:  # after the batch axis, as Keras has it
                shape = [shape[0], 1] + shape[1:] if most - len(x.shape) else shape
            shapes.append(shape)
        return rules.like(inputs[0], _nw.broadcast(*shapes), rules.result_dtype(*inputs))


@layer(pivot="add(*inputs)")
class Add(Merge):
    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="subtract(inputs[0], inputs[1])")
class Subtract(Merge):
    def build(self, input_shape):
        super().build(input_shape)
        if len(input_shape) != 2:
            raise ValueError("A `Subtract` layer should be called on exactly 2 inputs.")

    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="multiply(*inputs)")
class Multiply(Merge):
    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="divide(add(*inputs), len(inputs))")
class Average(Merge):
    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="maximum(*inputs)")
class Maximum(Merge):
    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="minimum(*inputs)")
class Minimum(Merge):
    def call(self, inputs) -> Tensor:
        return self._nw_merged(inputs)


@layer(pivot="concatenate(inputs, axis=axis)")
class Concatenate(Merge):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, input_shape):
        if len(input_shape) < 1 or not isinstance(input_shape[0], (tuple, list)):
            raise ValueError("A `Concatenate` layer should be called on a list of at least 1 input.")
        self.built = True

    def compute_mask(self, inputs, mask=None):
        if mask is None or all([one is None for one in mask]):
            return None
        from keras.src.ops import numpy
        masks = []
        for x, one in zip(inputs, mask):
            if one is None:
                one = numpy.ones_like(x, dtype="bool")
            elif len(one.shape) < len(x.shape):
                one = numpy.logical_or(numpy.expand_dims(one, -1), numpy.zeros_like(x, dtype="bool"))
            masks.append(one)
        return numpy.any(numpy.concatenate(masks, axis=self.axis), axis=-1)

    def call(self, inputs) -> Tensor:
        return rules.like(inputs[0], rules.concatenated([x.shape for x in inputs], self.axis), rules.result_dtype(*inputs))


@layer
class Dot(Merge):
    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes = axes
        self.normalize = normalize

    def build(self, input_shape):
        if len(input_shape) != 2:
            raise ValueError("A `Dot` layer should be called on a list of 2 inputs.")
        self.built = True

    def compute_mask(self, inputs, mask=None):
        return None

    def call(self, inputs) -> Tensor:
        a, b = list(inputs[0].shape), list(inputs[1].shape)
        first, second = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        first, second = normal_dim(first, len(a)), normal_dim(second, len(b))
        check(a[first] == b[second], "Incompatible input shapes", ValueError)
        shape = [a[i] for i in range(len(a)) if i != first] + [b[i] for i in range(1, len(b)) if i != second]
        return rules.like(inputs[0], shape + [1] if len(shape) == 1 else shape)



def add(inputs, **kwargs):
    return Add(**kwargs)(inputs)


def subtract(inputs, **kwargs):
    return Subtract(**kwargs)(inputs)


def multiply(inputs, **kwargs):
    return Multiply(**kwargs)(inputs)


def average(inputs, **kwargs):
    return Average(**kwargs)(inputs)


def maximum(inputs, **kwargs):
    return Maximum(**kwargs)(inputs)


def minimum(inputs, **kwargs):
    return Minimum(**kwargs)(inputs)


def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs, axes=-1, **kwargs):
    return Dot(axes=axes, **kwargs)(inputs)
