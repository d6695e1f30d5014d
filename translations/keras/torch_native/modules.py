"""Classes of programs."""

import torch
from torch import nn


@value("keras.Model")
@value("keras.models.Model")
@value("keras.Layer")
@value("keras.layers.Layer")
def module():
    return nn.Module


@translation("keras.Layer.add_weight")
def add_weight(self, shape=None, initializer=None, dtype=None, trainable=True, name=None, **kwargs):
    if dtype in (None, "float32") and trainable:
        return nn.Parameter(first_value(initializer, shape))
    if dtype in (None, "float32"):
        return nn.Buffer(first_value(initializer, shape))


@translation("netwright.first_value")
def first_value(initializer, shape):
    """What a weight holds before it is loaded or trained."""
    if initializer == "zeros":
        return torch.zeros(shape)
    if initializer == "ones":
        return torch.ones(shape)
    if initializer is None or initializer == "glorot_uniform":
        return nn.init.xavier_uniform_(torch.empty(shape)) if len(shape) > 1 else torch.rand(shape)
    return torch.randn(shape) * 0.05


@dropped("keras.Layer.build", note="nothing is left to do")
def build(self, input_shape):
    pass
