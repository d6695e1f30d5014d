"""Layers that move or resize what they get, distances, and layers with two inputs."""

import math

import numpy as np
from keras import layers, ops


@adapter("torch.nn.Unflatten")
class Unflatten(layers.Layer):
    """Splits an axis into several."""

    def __init__(self, dim, unflattened_size):
        super().__init__()
        self.dim = dim
        self.unflattened_size = tuple(unflattened_size)

    def call(self, input):
        shape = ops.shape(input)
        axis = self.dim % len(shape)
        return ops.reshape(input, (*shape[:axis], *self.unflattened_size, *shape[axis + 1:]))


@adapter("torch.nn.PixelShuffle")
class PixelShuffle(layers.Layer):
    """Moves channels into blocks of upscale_factor x upscale_factor pixels, channels first."""

    def __init__(self, upscale_factor):
        super().__init__()
        self.upscale_factor = upscale_factor

    def call(self, input):
        factor = self.upscale_factor
        *batch, channels, height, width = ops.shape(input)
        first = len(batch)
        x = ops.reshape(input, (*batch, channels // factor**2, factor, factor, height, width))
        x = ops.transpose(x, (*range(first + 1), first + 3, first + 1, first + 4, first + 2))
        return ops.reshape(x, (*batch, channels // factor**2, height * factor, width * factor))


@adapter("torch.nn.PixelUnshuffle")
class PixelUnshuffle(layers.Layer):
    """Moves blocks of downscale_factor x downscale_factor pixels into channels, channels first."""

    def __init__(self, downscale_factor):
        super().__init__()
        self.downscale_factor = downscale_factor

    def call(self, input):
        factor = self.downscale_factor
        *batch, channels, height, width = ops.shape(input)
        first = len(batch)
        x = ops.reshape(input, (*batch, channels, height // factor, factor, width // factor, factor))
        x = ops.transpose(x, (*range(first + 1), first + 2, first + 4, first + 1, first + 3))
        return ops.reshape(x, (*batch, channels * factor**2, height // factor, width // factor))


@adapter("torch.nn.ChannelShuffle")
class ChannelShuffle(layers.Layer):
    """Interleaves groups of channels, channels first."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def call(self, input):
        batch, channels, *spatial = ops.shape(input)
        x = ops.reshape(input, (batch, self.groups, channels // self.groups, *spatial))
        return ops.reshape(ops.swapaxes(x, 1, 2), (batch, channels, *spatial))


@adapter("torch.nn.Unfold")
class Unfold(layers.Layer):
    """The windows of an image as columns: [batch, channels * window, count]."""

    def __init__(self, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def call(self, input):
        kernel, dilation, padding, stride = [sizes(one, 2) for one in (self.kernel_size, self.dilation, self.padding, self.stride)]
        x = pad_axes(input, [(padding[0], padding[0]), (padding[1], padding[1])])
        batch, channels, height, width = ops.shape(x)
        rows = (height - dilation[0] * (kernel[0] - 1) - 1) // stride[0] + 1
        columns = (width - dilation[1] * (kernel[1] - 1) - 1) // stride[1] + 1
        windows = []
        for i in range(kernel[0]):
            for j in range(kernel[1]):
                top, left = i * dilation[0], j * dilation[1]
                windows.append(x[:, :, top:top + (rows - 1) * stride[0] + 1:stride[0], left:left + (columns - 1) * stride[1] + 1:stride[1]])
        return ops.reshape(ops.stack(windows, axis=2), (batch, channels * kernel[0] * kernel[1], rows * columns))


@adapter("torch.nn.Fold")
class Fold(layers.Layer):
    """Adds the columns of Unfold up to an image again."""

    def __init__(self, output_size, kernel_size, dilation=1, padding=0, stride=1):
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def call(self, input):
        size, kernel, dilation = sizes(self.output_size, 2), sizes(self.kernel_size, 2), sizes(self.dilation, 2)
        padding, stride = sizes(self.padding, 2), sizes(self.stride, 2)
        batch = ops.shape(input)[0]
        channels = input.shape[1] // (kernel[0] * kernel[1])
        full = [n + 2 * p for n, p in zip(size, padding)]
        rows, columns = [(n - d * (k - 1) - 1) // s + 1 for n, d, k, s in zip(full, dilation, kernel, stride)]
        # Each window is a row of a matrix that says to which pixel its elements go.
        pixel = np.arange(full[0] * full[1]).reshape(full)
        places = [pixel[i * dilation[0]:, j * dilation[1]:][:(rows - 1) * stride[0] + 1:stride[0], :(columns - 1) * stride[1] + 1:stride[1]].ravel() for i in range(kernel[0]) for j in range(kernel[1])]
        x = ops.transpose(ops.reshape(input, (batch, channels, -1)), (2, 0, 1))
        x = ops.segment_sum(ops.reshape(x, (len(places) * rows * columns, -1)), np.concatenate(places), num_segments=full[0] * full[1])
        x = ops.transpose(ops.reshape(x, (full[0], full[1], batch, channels)), (2, 3, 0, 1))
        return x[:, :, padding[0]:padding[0] + size[0], padding[1]:padding[1] + size[1]]


@adapter("torch.nn.CosineSimilarity")
class CosineSimilarity(layers.Layer):
    """The cosine of the angle between vectors along an axis."""

    def __init__(self, dim=1, eps=1e-08):
        super().__init__()
        self.dim = dim
        self.eps = eps

    def call(self, x1, x2):
        squares = ops.sum(ops.square(x1), axis=self.dim), ops.sum(ops.square(x2), axis=self.dim)
        first, second = [ops.maximum(ops.sqrt(square), self.eps) for square in squares]
        return ops.sum(x1 * x2, axis=self.dim) / (first * second)


@adapter("torch.nn.PairwiseDistance")
class PairwiseDistance(layers.Layer):
    """The p-norm of x1 - x2 + eps along the last axis."""

    def __init__(self, p=2.0, eps=1e-06, keepdim=False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def call(self, x1, x2):
        distance = ops.abs(x1 - x2 + self.eps)
        if self.norm == math.inf:
            return ops.max(distance, axis=-1, keepdims=self.keepdim)
        return ops.sum(distance**self.norm, axis=-1, keepdims=self.keepdim) ** (1 / self.norm)


@adapter("torch.nn.Bilinear")
class Bilinear(layers.Layer):
    """x1 * weight[o] * x2 + bias for each output o."""

    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = self.add_weight(shape=(out_features, in1_features, in2_features), name="weight")
        self.bias = self.add_weight(shape=(out_features,), initializer="zeros", name="bias") if bias else None

    def call(self, input1, input2):
        output = ops.einsum("...i,oij,...j->...o", input1, self.weight, input2)
        return output if self.bias is None else output + self.bias


@adapter("torch.nn.Upsample")
class Upsample(layers.Layer):
    """Resizes the axes behind the second to a size or by a factor."""

    def __init__(self, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None):
        super().__init__()
        self.size = size
        self.scale_factor = tuple(float(factor) for factor in scale_factor) if isinstance(scale_factor, tuple) else float(scale_factor) if scale_factor else None
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def call(self, input):
        return interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners, self.recompute_scale_factor)


@adapter("torch.nn.UpsamplingNearest2d")
class UpsamplingNearest2d(Upsample):
    """Resizes images by repeating pixels, channels first."""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="nearest")


@adapter("torch.nn.UpsamplingBilinear2d")
class UpsamplingBilinear2d(Upsample):
    """Resizes images by bilinear interpolation with aligned corners, channels first."""

    def __init__(self, size=None, scale_factor=None):
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)
