"""Normalisation."""

import torch
import torch.nn.functional as F
from torch import nn


@adapter("keras.layers.BatchNormalization")
class BatchNormalization(Layer):
    """Over all axes but one. In training the running variance is that of the batch as it is, and `momentum` weighs the old value."""

    def __init__(self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None,
                 beta_constraint=None, gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False,
                 **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        if renorm:
            raise NotImplementedError("Batch renormalisation.")
        self.axis = axis
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.gamma_initializer = gamma_initializer
        self.beta_initializer = beta_initializer

    def build(self, input_shape):
        size = (input_shape[self.axis],)
        self.weight = self.add_weight(size, self.gamma_initializer) if self.scale else None
        self.bias = self.add_weight(size, self.beta_initializer) if self.center else None
        self.running_mean = nn.Buffer(torch.zeros(size))
        self.running_var = nn.Buffer(torch.ones(size))
        self.built = True

    def call(self, inputs, training=None, mask=None):
        x = inputs.movedim(self.axis, 1)
        if not training or not self.trainable:
            x = F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, 1 - self.momentum, self.epsilon)
            return x.movedim(1, self.axis)
        axes = [0, *range(2, x.ndim)]
        with torch.no_grad():
            self.running_mean.lerp_(torch.mean(x, axes), 1 - self.momentum)
            self.running_var.lerp_(torch.var(x, axes, correction=0), 1 - self.momentum)
        return F.batch_norm(x, None, None, self.weight, self.bias, True, 0.0, self.epsilon).movedim(1, self.axis)


@adapter("keras.layers.LayerNormalization")
class LayerNormalization(Layer):
    def __init__(self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        self.rms_scaling = kwargs.pop("rms_scaling", False)
        super().__init__(**kwargs)
        self.supports_masking = True
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else [axis]
        self.epsilon = epsilon
        self.center = center and not self.rms_scaling
        self.scale = scale or self.rms_scaling
        self.gamma_initializer = gamma_initializer
        self.beta_initializer = beta_initializer

    def build(self, input_shape):
        self.axis = sorted([axis % len(input_shape) for axis in self.axis])
        size = tuple([input_shape[axis] for axis in self.axis])
        self.weight = self.add_weight(size, self.gamma_initializer) if self.scale else None
        self.bias = self.add_weight(size, self.beta_initializer) if self.center else None
        self.built = True

    def call(self, inputs):
        last = list(range(-len(self.axis), 0))
        x = inputs.movedim(self.axis, last)
        if self.rms_scaling:  # divided by the deviation, without being centred
            variance = torch.var(x, last, keepdim=True, correction=0)
            return (x * torch.rsqrt(variance + self.epsilon) * self.weight).movedim(last, self.axis)
        x = F.layer_norm(x, x.shape[-len(self.axis):], self.weight, self.bias, self.epsilon)
        return x.movedim(last, self.axis)


@adapter("keras.layers.RMSNormalization")
class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-06, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else [axis]
        self.epsilon = epsilon

    def build(self, input_shape):
        self.axis = sorted([axis % len(input_shape) for axis in self.axis])
        self.weight = self.add_weight([input_shape[axis] for axis in self.axis], "ones")
        self.built = True

    def call(self, inputs):
        last = list(range(-len(self.axis), 0))
        x = inputs.movedim(self.axis, last)
        return F.rms_norm(x, x.shape[-len(self.axis):], self.weight, self.epsilon).movedim(last, self.axis)


@adapter("keras.layers.GroupNormalization")
class GroupNormalization(Layer):
    def __init__(self, groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.groups = groups
        self.axis = axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale
        self.gamma_initializer = gamma_initializer
        self.beta_initializer = beta_initializer

    def build(self, input_shape):
        size = (input_shape[self.axis],)
        self.groups = size[0] if self.groups == -1 else self.groups
        self.weight = self.add_weight(size, self.gamma_initializer) if self.scale else None
        self.bias = self.add_weight(size, self.beta_initializer) if self.center else None
        self.built = True

    def call(self, inputs):
        return F.group_norm(inputs.movedim(self.axis, 1), self.groups, self.weight, self.bias, self.epsilon).movedim(1, self.axis)


@adapter("keras.layers.UnitNormalization")
class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else [axis]

    def call(self, inputs):
        squares = torch.sum(inputs * inputs, self.axis, keepdim=True)
        return inputs * torch.rsqrt(torch.clamp(squares, min=1e-12))
