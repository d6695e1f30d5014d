"""Normalisation."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, normal_dim, prod
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.layers.core import Wrapper

__public__ = "keras.layers"



@layer(effects="buffer", pivot="None if renorm else batch_norm(inputs[n, ..., c], scale=gamma[c], offset=beta[c], mean=moving_mean[c], variance=moving_variance[c], epsilon=epsilon, momentum=1 - momentum, training=training and trainable, running='biased') if axis in (-1, inputs.ndim - 1) else batch_norm(inputs[n, c, ...], scale=gamma[c], offset=beta[c], mean=moving_mean[c], variance=moving_variance[c], epsilon=epsilon, momentum=1 - momentum, training=training and trainable, running='biased') if axis == 1 else move_axis(batch_norm(move_axis(inputs, axis, 1), scale=gamma, offset=beta, mean=moving_mean, variance=moving_variance, epsilon=epsilon, momentum=1 - momentum, training=training and trainable, running='biased'), 1, axis)")
class BatchNormalization(Layer):
    def __init__(self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
                 gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = int(axis)
        self.synchronized = synchronized
        self.momentum = float(momentum)
        self.epsilon = float(epsilon)
        self.center = center
        self.scale = scale
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.moving_mean_initializer = initializers.get(moving_mean_initializer)
        self.moving_variance_initializer = initializers.get(moving_variance_initializer)
        self.beta_regularizer = regularizers.get(beta_regularizer)
        self.gamma_regularizer = regularizers.get(gamma_regularizer)
        self.beta_constraint = constraints.get(beta_constraint)
        self.gamma_constraint = constraints.get(gamma_constraint)
        self.supports_masking = True
        self.renorm = renorm
        self.renorm_clipping = renorm_clipping
        self.renorm_momentum = renorm_momentum
        self.gamma = None
        self.beta = None
        self.moving_mean = None
        self.moving_variance = None

    def build(self, input_shape):
        size = input_shape[self.axis]
        if self.scale:
            self.gamma = self.add_weight(shape=(size,), name="gamma", initializer=self.gamma_initializer, regularizer=self.gamma_regularizer,
                                         constraint=self.gamma_constraint, trainable=True)
        if self.center:
            self.beta = self.add_weight(shape=(size,), name="beta", initializer=self.beta_initializer, regularizer=self.beta_regularizer,
                                        constraint=self.beta_constraint, trainable=True)
        self.moving_mean = self.add_weight(shape=(size,), name="moving_mean", initializer=self.moving_mean_initializer, trainable=False)
        self.moving_variance = self.add_weight(shape=(size,), name="moving_variance", initializer=self.moving_variance_initializer, trainable=False)
        if self.renorm:
            self.moving_stddev = self.add_weight(shape=(size,), name="moving_stddev", initializer="ones", trainable=False)
            self.renorm_mean = self.add_weight(shape=(size,), name="renorm_mean", initializer="zeros", trainable=False)
            self.renorm_stddev = self.add_weight(shape=(size,), name="renorm_stddev", initializer="ones", trainable=False)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})
        self.built = True

    def call(self, inputs, training=None, mask=None) -> Tensor:
        if mask is not None:
            check(len(mask.shape) == len(inputs.shape) - 1, "The mask provided should be one dimension less than the inputs.", ValueError)
        return rules.same(inputs)


@layer(pivot="layer_norm(inputs, axes=axis, scale=gamma, offset=beta, epsilon=epsilon) if not rms_scaling else multiply(multiply(inputs, rsqrt(add(variance(inputs, axes=axis, keepdims=True, correction=0), epsilon))), gamma) if len(axis) == 1 and axis[0] in (-1, inputs.ndim - 1) else None")
class LayerNormalization(Layer):
    def __init__(self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        rms_scaling = kwargs.pop("rms_scaling", False)
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        if not isinstance(axis, (list, tuple, int)):
            raise TypeError("Expected an int or a list/tuple of ints for the argument 'axis'.")
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.rms_scaling = rms_scaling
        self.beta_initializer = initializers.get(beta_initializer)
        self.gamma_initializer = initializers.get(gamma_initializer)
        self.gamma = None
        self.beta = None
        self.supports_masking = True

    def build(self, input_shape):
        shape = tuple([input_shape[d] for d in self.axis]) if isinstance(self.axis, list) else (input_shape[self.axis],)
        if not isinstance(self.axis, list):
            self.axis = [self.axis]
        self.gamma = self.add_weight(name="gamma", shape=shape, initializer=self.gamma_initializer) if self.scale or self.rms_scaling else None
        self.beta = self.add_weight(name="beta", shape=shape, initializer=self.beta_initializer) if self.center and not self.rms_scaling else None
        self.built = True

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer(pivot="rms_norm(x, axes=axis, scale=scale, epsilon=epsilon)")
class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = tuple([input_shape[d] for d in self.axis]) if isinstance(self.axis, (list, tuple)) else (input_shape[self.axis],)
        self.scale = self.add_weight(name="scale", shape=shape, initializer="ones")
        self.built = True

    def call(self, x) -> Tensor:
        return rules.same(x)


@layer(pivot="group_norm(inputs[n, ..., c], groups=groups, scale=gamma[c], offset=beta[c], epsilon=epsilon) if axis in (-1, inputs.ndim - 1) else group_norm(inputs[n, c, ...], groups=groups, scale=gamma[c], offset=beta[c], epsilon=epsilon) if axis == 1 else None")
class GroupNormalization(Layer):
    def __init__(self, groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.gamma = None
        self.beta = None

    def build(self, input_shape):
        size = input_shape[self.axis]
        if size is None:
            raise ValueError("Axis of input tensor should have a defined dimension but the layer received an input with shape " + str(input_shape))
        if self.groups == -1:
            self.groups = size
        check(size >= self.groups, "Number of groups cannot be more than the number of channels.", ValueError)
        check(size % self.groups == 0, "The number of channels must be a multiple of the number of groups.", ValueError)
        self.input_spec = InputSpec(ndim=len(input_shape), axes={self.axis: size})
        if self.scale:
            self.gamma = self.add_weight(shape=(size,), name="gamma", initializer="ones")
        if self.center:
            self.beta = self.add_weight(shape=(size,), name="beta", initializer="zeros")
        self.built = True

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


@layer
class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)


class SpectralNormalization(Wrapper):
    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        kernel = self.layer.kernel if hasattr(self.layer, "kernel") else self.layer.embeddings
        self.kernel = kernel
        self.vector_u = self.add_weight(shape=(1, kernel.shape[-1]), initializer="random_normal", name="vector_u", trainable=False)

    def call(self, inputs, training=False) -> Tensor:
        return self.layer(inputs)
