"""Layers that take several tensors."""

import torch
from torch import nn


@adapter("netwright.Sum")
class Sum(nn.Module):
    """The sum of several tensors."""

    def forward(self, inputs):
        return sum(inputs)


@adapter("netwright.Product")
class Product(nn.Module):
    """The product of several tensors."""

    def forward(self, inputs):
        return math.prod(inputs)


@adapter("netwright.Concatenation")
class Concatenation(nn.Module):
    """Several tensors behind each other along an axis."""

    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, inputs):
        return torch.cat(tuple(inputs), dim=self.dim)


@translation("keras.layers.Add")
def add(**kwargs):
    return Sum()


@translation("keras.layers.Multiply")
def multiply(**kwargs):
    return Product()


@translation("keras.layers.Concatenate")
def concatenate(axis=-1, **kwargs):
    return Concatenation(axis)


@translation("keras.layers.Concatenate", layout="channels_first", ranks=(3, 4, 5))
def concatenate_images(axis=-1, made=None, **kwargs):
    if axis == -1 or axis == input_rank(made) - 1:
        return Concatenation(1)


@translation("keras.layers.concatenate")
def concatenate_function(inputs, axis=-1, **kwargs):
    return torch.cat(inputs, dim=axis)


@translation("keras.layers.concatenate", layout="channels_first")
def concatenate_function_of_images(inputs, axis=-1, **kwargs):
    return torch.cat(inputs, dim=moved(axis, inputs))


@translation("keras.layers.add")
def add_function(inputs, **kwargs):
    return sum(inputs)


@translation("keras.layers.multiply")
def multiply_function(inputs, **kwargs):
    return math.prod(inputs)
