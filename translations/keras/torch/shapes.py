"""Layers of shapes, padding, merging, and what is only random in training."""

import math

import torch
import torch.nn.functional as F
from torch import nn


@adapter("keras.layers.Flatten")
class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if inputs.ndim == 1:
            return inputs[:, None]
        if self.data_format == "channels_first" and inputs.ndim > 2:
            inputs = inputs.movedim(1, -1)
        return torch.flatten(inputs, 1)


@adapter("keras.layers.Reshape")
class Reshape(Layer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        self.target_shape = tuple(target_shape)

    def call(self, inputs):
        return torch.reshape(inputs, (inputs.shape[0], *self.target_shape))


@adapter("keras.layers.Permute")
class Permute(Layer):
    """Axes count from one."""

    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)

    def call(self, inputs):
        return torch.permute(inputs, (0, *self.dims))


@adapter("keras.layers.RepeatVector")
class RepeatVector(Layer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        self.n = n

    def call(self, inputs):
        return torch.repeat_interleave(inputs[:, None], self.n, 1)


@adapter("netwright.pairs")
def pairs(value, rank):
    """One number, a number for each axis or two for each, as pairs."""
    if isinstance(value, int):
        return [(value, value)] * rank
    if rank == 1 and all(isinstance(item, int) for item in value):
        return [(value[0], value[-1])]
    return [(item, item) if isinstance(item, int) else tuple(item) for item in value]


@adapter("keras.layers.ZeroPadding1D")
class ZeroPadding1D(Layer):
    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = pairs(padding, 1)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        return pad_axes(inputs, self.padding if self.data_format == "channels_first" else [*self.padding, (0, 0)])


@adapter("keras.layers.ZeroPadding2D")
class ZeroPadding2D(Layer):
    def __init__(self, padding=(1, 1), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = pairs(padding, 2)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        return pad_axes(inputs, self.padding if self.data_format == "channels_first" else [*self.padding, (0, 0)])


@adapter("keras.layers.ZeroPadding3D")
class ZeroPadding3D(Layer):
    def __init__(self, padding=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = pairs(padding, 3)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        return pad_axes(inputs, self.padding if self.data_format == "channels_first" else [*self.padding, (0, 0)])


@adapter("netwright.crop_axes")
def crop_axes(x, cropping, first):
    """Cuts (before, after) off the axes from `first` on."""
    cuts = [slice(before, x.shape[first + i] - after) for i, (before, after) in enumerate(cropping)]
    return x[(*[slice(None)] * first, *cuts)]


@adapter("keras.layers.Cropping1D")
class Cropping1D(Layer):
    def __init__(self, cropping=(1, 1), **kwargs):
        super().__init__(**kwargs)
        self.cropping = pairs(cropping, 1)

    def call(self, inputs):
        return crop_axes(inputs, self.cropping, 1)


@adapter("keras.layers.Cropping2D")
class Cropping2D(Layer):
    def __init__(self, cropping=((0, 0), (0, 0)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.cropping = pairs(cropping, 2)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        return crop_axes(inputs, self.cropping, 2 if self.data_format == "channels_first" else 1)


@adapter("keras.layers.Cropping3D")
class Cropping3D(Layer):
    def __init__(self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.cropping = pairs(cropping, 3)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        return crop_axes(inputs, self.cropping, 2 if self.data_format == "channels_first" else 1)


@adapter("keras.layers.UpSampling1D")
class UpSampling1D(Layer):
    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, inputs):
        return torch.repeat_interleave(inputs, self.size, 1)


@adapter("keras.layers.UpSampling2D")
class UpSampling2D(Layer):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs):
        super().__init__(**kwargs)
        self.size = sizes(size, 2)
        self.data_format = data_format or "channels_last"
        if interpolation not in ("nearest", "bilinear") and (interpolation != "bicubic" or any(times not in (1, 2, 4, 8) for times in self.size)):
            raise NotImplementedError(f"Interpolation {interpolation}.")
        self.options = {"mode": interpolation}
        if interpolation != "nearest":
            self.options.update(align_corners=False, antialias=interpolation == "bicubic")  # PyTorch's cubic is Keras' one with antialiasing only

    def call(self, inputs):
        x = inputs if self.data_format == "channels_first" else inputs.movedim(-1, 1)
        lengths = [n * times for n, times in zip(x.shape[2:], self.size)]
        x = F.interpolate(x, lengths, **self.options)
        return x if self.data_format == "channels_first" else x.movedim(1, -1)


@adapter("keras.layers.UpSampling3D")
class UpSampling3D(Layer):
    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.size = sizes(size, 3)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        first = 2 if self.data_format == "channels_first" else 1
        for axis, times in enumerate(self.size):
            inputs = torch.repeat_interleave(inputs, times, first + axis)
        return inputs


# ---------------------------------------------------------------- merging


@adapter("netwright.aligned")
def aligned(inputs):
    """Tensors of one rank: axes of size 1 are put in behind the samples."""
    rank = max(x.ndim for x in inputs)
    return [torch.reshape(x, (x.shape[0], *[1] * (rank - x.ndim), *x.shape[1:])) for x in inputs]


@adapter("netwright.Merge")
class Merge(Layer):
    """Several tensors to one: a place counts where it counts in one of them, if all have masks."""

    def compute_mask(self, inputs, previous_mask=None):
        masks = previous_mask if isinstance(previous_mask, (list, tuple)) else [previous_mask]
        if any(mask is None for mask in masks):
            return None
        found = masks[0]
        for mask in masks[1:]:
            found = torch.logical_or(found, mask)
        return found


@adapter("keras.layers.Add")
class Add(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        output = inputs[0]
        for x in inputs[1:]:
            output = output + x
        return output


@adapter("keras.layers.Subtract")
class Subtract(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        return inputs[0] - inputs[1]


@adapter("keras.layers.Multiply")
class Multiply(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        output = inputs[0]
        for x in inputs[1:]:
            output = output * x
        return output


@adapter("keras.layers.Average")
class Average(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        output = inputs[0]
        for x in inputs[1:]:
            output = output + x
        return output / len(inputs)


@adapter("keras.layers.Maximum")
class Maximum(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        output = inputs[0]
        for x in inputs[1:]:
            output = torch.maximum(output, x)
        return output


@adapter("keras.layers.Minimum")
class Minimum(Merge):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def call(self, inputs):
        inputs = aligned(inputs)
        output = inputs[0]
        for x in inputs[1:]:
            output = torch.minimum(output, x)
        return output


@adapter("keras.layers.Concatenate")
class Concatenate(Merge):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def compute_mask(self, inputs, previous_mask=None):
        if previous_mask is None or all(mask is None for mask in previous_mask):
            return None
        masks = []
        for x, mask in zip(inputs, previous_mask):
            if mask is None:
                mask = torch.ones_like(x, dtype=torch.bool)
            masks.append(torch.logical_or(mask[..., None], torch.zeros_like(x, dtype=torch.bool)) if mask.ndim < x.ndim else mask)
        return torch.any(torch.cat(masks, self.axis), -1)

    def call(self, inputs):
        return torch.cat(list(inputs), self.axis)


@adapter("keras.layers.Dot")
class Dot(Merge):
    """Products along one axis of each of two tensors, sample by sample."""

    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes = axes
        self.normalize = normalize

    def compute_mask(self, inputs, previous_mask=None):
        return None

    def call(self, inputs):
        x, y = inputs
        first, second = (self.axes, self.axes) if isinstance(self.axes, int) else self.axes
        first, second = first % x.ndim, second % y.ndim
        if self.normalize:
            x = x * torch.rsqrt(torch.clamp(torch.sum(x * x, first, keepdim=True), min=1e-12))
            y = y * torch.rsqrt(torch.clamp(torch.sum(y * y, second, keepdim=True), min=1e-12))
        x = x.movedim(first, -1)
        y = y.movedim(second, -1)
        output = torch.matmul(x.reshape(x.shape[0], -1, x.shape[-1]), y.reshape(y.shape[0], -1, y.shape[-1]).transpose(1, 2))
        shape = (*x.shape[:-1], *y.shape[1:-1])
        return output.reshape(shape if len(shape) > 1 else (x.shape[0], 1))


@adapter("keras.layers.add")
def add(inputs, **kwargs):
    return Add(**kwargs)(inputs)


@adapter("keras.layers.subtract")
def subtract(inputs, **kwargs):
    return Subtract(**kwargs)(inputs)


@adapter("keras.layers.multiply")
def multiply(inputs, **kwargs):
    return Multiply(**kwargs)(inputs)


@adapter("keras.layers.average")
def average(inputs, **kwargs):
    return Average(**kwargs)(inputs)


@adapter("keras.layers.maximum")
def maximum(inputs, **kwargs):
    return Maximum(**kwargs)(inputs)


@adapter("keras.layers.minimum")
def minimum(inputs, **kwargs):
    return Minimum(**kwargs)(inputs)


@adapter("keras.layers.concatenate")
def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)


@adapter("keras.layers.dot")
def dot(inputs, axes=-1, **kwargs):
    return Dot(axes=axes, **kwargs)(inputs)


# ---------------------------------------------------------------- random in training only


@adapter("keras.layers.Dropout")
class Dropout(Layer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.rate = rate
        self.noise_shape = noise_shape

    def call(self, inputs, training=None):
        if self.noise_shape is None:
            return F.dropout(inputs, self.rate, bool(training))
        if not training:
            return inputs
        shape = [n if size is None else size for size, n in zip(self.noise_shape, inputs.shape)]
        return inputs * F.dropout(torch.ones(shape, dtype=inputs.dtype, device=inputs.device), self.rate)


@adapter("netwright.SpatialDropout")
class SpatialDropout(Layer):
    """Whole channels are dropped."""

    def __init__(self, rate, data_format, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.rate = rate
        self.data_format = data_format or "channels_last"

    def call(self, inputs, training=None):
        function = F.dropout1d if inputs.ndim == 3 else F.dropout2d if inputs.ndim == 4 else F.dropout3d
        if self.data_format == "channels_first":
            return function(inputs, self.rate, bool(training))
        return function(inputs.movedim(-1, 1), self.rate, bool(training)).movedim(1, -1)


@adapter("keras.layers.SpatialDropout1D")
class SpatialDropout1D(SpatialDropout):
    def __init__(self, rate, seed=None, name=None, dtype=None):
        super().__init__(rate, None, name=name)


@adapter("keras.layers.SpatialDropout2D")
class SpatialDropout2D(SpatialDropout):
    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None):
        super().__init__(rate, data_format, name=name)


@adapter("keras.layers.SpatialDropout3D")
class SpatialDropout3D(SpatialDropout):
    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None):
        super().__init__(rate, data_format, name=name)


@adapter("keras.layers.GaussianNoise")
class GaussianNoise(Layer):
    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.stddev = stddev

    def call(self, inputs, training=None):
        return inputs + self.stddev * torch.randn_like(inputs) if training else inputs


@adapter("keras.layers.GaussianDropout")
class GaussianDropout(Layer):
    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.rate = rate

    def call(self, inputs, training=None):
        return inputs * (1 + math.sqrt(self.rate / (1 - self.rate)) * torch.randn_like(inputs)) if training else inputs


@adapter("keras.layers.AlphaDropout")
class AlphaDropout(Layer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.rate = rate

    def call(self, inputs, training=None):
        return F.alpha_dropout(inputs, self.rate, bool(training))


@adapter("keras.layers.ActivityRegularization")
class ActivityRegularization(Layer):
    """A loss in training; the values pass on."""

    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        return inputs


# ---------------------------------------------------------------- preparing inputs


@adapter("keras.layers.Rescaling")
class Rescaling(Layer):
    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.scale = scale
        self.offset = offset

    def call(self, inputs):
        scale = self.scale if isinstance(self.scale, (int, float)) else torch.as_tensor(self.scale)
        offset = self.offset if isinstance(self.offset, (int, float)) else torch.as_tensor(self.offset)
        return inputs.to(self.float_dtype) * scale + offset


@adapter("keras.layers.Normalization")
class Normalization(Layer):
    """(x - mean) / deviation; without a given mean they are weights."""

    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.axis = () if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        self.given_mean = mean
        self.given_variance = variance
        self.invert = invert

    def build(self, input_shape):
        kept = [axis % len(input_shape) for axis in self.axis]
        shape = [size if axis in kept else 1 for axis, size in enumerate(input_shape)]
        if self.given_mean is None:
            size = [input_shape[axis] for axis in sorted(kept)]
            self.adapt_mean = nn.Buffer(torch.zeros(size))
            self.adapt_variance = nn.Buffer(torch.ones(size))
            self.count = nn.Buffer(torch.zeros((), dtype=torch.int32))
            self.broadcast_shape = shape
        else:
            self.mean = nn.Buffer(torch.as_tensor(self.given_mean, dtype=torch.float32).expand(shape).clone(), persistent=False)
            self.variance = nn.Buffer(torch.as_tensor(self.given_variance, dtype=torch.float32).expand(shape).clone(), persistent=False)
        self.built = True

    def call(self, inputs):
        if self.given_mean is None:
            mean = torch.reshape(self.adapt_mean, self.broadcast_shape)
            variance = torch.reshape(self.adapt_variance, self.broadcast_shape)
        else:
            mean, variance = self.mean, self.variance
        deviation = torch.clamp(torch.sqrt(variance), min=1e-7)
        if self.invert:
            return mean + inputs * deviation
        return (inputs - mean) / deviation
