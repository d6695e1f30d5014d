"""Layers that move features to other axes."""

import torch
from torch import nn


@adapter("netwright.ChannelsLast")
class ChannelsLast(nn.Module):
    """The channels behind all other axes, so that features come in the order of Keras."""

    def forward(self, x):
        return x.movedim(1, -1)


@adapter("netwright.ChannelsFirst")
class ChannelsFirst(nn.Module):
    """The last axis as that of the channels."""

    def forward(self, x):
        return x.movedim(-1, 1)


@translation("keras.layers.Flatten")
def flatten(data_format=None, **kwargs):
    if data_format != "channels_first":
        return nn.Flatten()


@translation("keras.layers.Flatten", layout="channels_first_free")
def flatten_freely(data_format=None, **kwargs):
    if data_format != "channels_first":
        return nn.Flatten()


@translation("keras.layers.Flatten", layout="channels_first", ranks=(3, 4, 5), gain=1)
def flatten_pixel(data_format=None, made=None, **kwargs):
    if data_format != "channels_first" and is_pixel(made):
        return nn.Flatten()


@translation("keras.layers.Reshape")
def reshape(target_shape, made=None, **kwargs):
    if input_rank(made) == 2:
        return nn.Unflatten(1, target_shape)
    return nn.Flatten(), nn.Unflatten(1, target_shape)


@translation("keras.layers.Reshape", layout="channels_first", ranks=(2, 4), gain=1)
def reshape_pixel(target_shape, made=None, **kwargs):
    if is_unreached(made):
        if len(target_shape) == 1:
            return ChannelsLast(), nn.Flatten()
        return
    if input_rank(made) == 2 and len(made.target_shape) == 3 and max(made.target_shape[:2]) == 1:
        return nn.Unflatten(1, (-1, 1, 1))
    if input_rank(made) == 4 and len(made.target_shape) == 1 and is_pixel(made):
        return nn.Flatten()


@translation("keras.layers.Permute")
def permute(dims, **kwargs):
    return Permute(dims)


@adapter("netwright.Permute")
class Permute(nn.Module):
    """Turns the axes behind the batch; the first of them is number 1."""

    def __init__(self, dims):
        super().__init__()
        self.dims = dims

    def forward(self, x):
        return torch.permute(x, (0, *self.dims))
