"""Activations as layers."""
from __future__ import annotations

import _nw
from _nw import check, layer, normal_dim
from keras.src import activations, constraints, initializers, regularizers, rules
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer

__public__ = "keras.layers"


@layer(pivot="apply(activation, identity(inputs))", after="activation")
class Activation(Layer):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.activation = activations.get(activation)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return _nw.activated(self.activation, rules.like(inputs))


@layer(pivot="relu(inputs) if max_value is None and negative_slope == 0.0 and threshold == 0.0 else relu6(inputs) if max_value == 6.0 and negative_slope == 0.0 and threshold == 0.0 else leaky_relu(inputs, slope=negative_slope) if max_value is None and threshold == 0.0 else None")
class ReLU(Layer):
    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        check(max_value is None or max_value >= 0, "max_value of a ReLU layer cannot be a negative value.", ValueError)
        check(negative_slope is not None and negative_slope >= 0, "negative_slope of a ReLU layer cannot be a negative value.", ValueError)
        check(threshold is not None and threshold >= 0, "threshold of a ReLU layer cannot be a negative value.", ValueError)
        self.max_value = max_value
        self.negative_slope = negative_slope
        self.threshold = threshold
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer(pivot="leaky_relu(inputs, slope=negative_slope)")
class LeakyReLU(Layer):
    def __init__(self, negative_slope=0.3, **kwargs):
        if "alpha" in kwargs:
            negative_slope = kwargs.pop("alpha")
        super().__init__(**kwargs)
        check(negative_slope is not None and negative_slope >= 0, "The negative_slope value of a Leaky ReLU layer cannot be None or negative value.", ValueError)
        self.negative_slope = negative_slope
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer(pivot="prelu(inputs, slope=alpha)")
class PReLU(Layer):
    def __init__(self, alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.alpha_initializer = initializers.get(alpha_initializer)
        self.alpha_regularizer = regularizers.get(alpha_regularizer)
        self.alpha_constraint = constraints.get(alpha_constraint)
        self.shared_axes = None if shared_axes is None else list(shared_axes) if isinstance(shared_axes, (list, tuple)) else [shared_axes]

    def build(self, input_shape):
        shape = list(input_shape[1:])
        if self.shared_axes is not None:
            for axis in self.shared_axes:
                shape[axis - 1] = 1
        self.alpha = self.add_weight(shape=shape, name="alpha", initializer=self.alpha_initializer, regularizer=self.alpha_regularizer,
                                     constraint=self.alpha_constraint)
        axes = {}
        if self.shared_axes:
            for i in range(1, len(input_shape)):
                if i not in self.shared_axes:
                    axes[i] = input_shape[i]
        self.input_spec = InputSpec(ndim=len(input_shape), axes=axes)
        self.built = True

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer(pivot="elu(inputs, alpha=alpha)")
class ELU(Layer):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer(pivot="softmax(inputs, axis=axis) if isinstance(axis, int) and mask is None else None")
class Softmax(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs, mask=None) -> Tensor:
        return rules.same(inputs)
