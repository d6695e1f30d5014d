"""Pooling of windows, of everything, and to given sizes."""

import torch
import torch.nn.functional as F


@adapter("netwright.Pooling")
class Pooling(Layer):
    """What pooling layers have in common: `compute` takes the channels first."""

    def __init__(self, rank, pool_size, strides, padding, data_format, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = sizes(pool_size, rank)
        self.strides = self.pool_size if strides is None else sizes(strides, rank)
        self.padding = padding.lower()
        self.data_format = data_format or "channels_last"

    def widths(self, x):
        if self.padding == "valid":
            return [(0, 0)] * len(self.pool_size)
        return same_widths(x.shape[2:], self.pool_size, self.strides, (1,) * len(self.pool_size))

    def call(self, inputs):
        if self.data_format == "channels_first":
            return self.compute(inputs)
        return self.compute(inputs.movedim(-1, 1)).movedim(1, -1)


@adapter("netwright.MaxPooling")
class MaxPooling(Pooling):
    def compute(self, x):
        function = F.max_pool1d if x.ndim == 3 else F.max_pool2d if x.ndim == 4 else F.max_pool3d
        return function(pad_axes(x, self.widths(x), float("-inf")), self.pool_size, self.strides)


@adapter("netwright.AveragePooling")
class AveragePooling(Pooling):
    """Padding does not count."""

    def compute(self, x):
        function = F.avg_pool1d if x.ndim == 3 else F.avg_pool2d if x.ndim == 4 else F.avg_pool3d
        widths = self.widths(x)
        padding = tuple([before for before, after in widths])
        if all(2 * before <= size for before, size in zip(padding, self.pool_size)):
            shape = [max(n + before + after - size, 0) // step + 1
                     for n, (before, after), size, step in zip(x.shape[2:], widths, self.pool_size, self.strides)]
            output = function(x, self.pool_size, self.strides, padding=padding, ceil_mode=self.padding == "same", count_include_pad=False)
            if list(output.shape[2:]) == shape:
                return output
        total = function(pad_axes(x, widths), self.pool_size, self.strides)
        return total / function(pad_axes(torch.ones_like(x), widths), self.pool_size, self.strides)


@adapter("keras.layers.MaxPooling1D")
class MaxPooling1D(MaxPooling):
    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(1, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("keras.layers.MaxPooling2D")
class MaxPooling2D(MaxPooling):
    def __init__(self, pool_size=(2, 2), strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(2, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("keras.layers.MaxPooling3D")
class MaxPooling3D(MaxPooling):
    def __init__(self, pool_size=(2, 2, 2), strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(3, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("keras.layers.AveragePooling1D")
class AveragePooling1D(AveragePooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(1, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("keras.layers.AveragePooling2D")
class AveragePooling2D(AveragePooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(2, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("keras.layers.AveragePooling3D")
class AveragePooling3D(AveragePooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(3, pool_size, strides, padding, data_format, name=name, **kwargs)


@adapter("netwright.GlobalPooling")
class GlobalPooling(Layer):
    """Over all axes but those of samples and channels."""

    def __init__(self, data_format, keepdims, **kwargs):
        super().__init__(**kwargs)
        self.data_format = data_format or "channels_last"
        self.keepdims = keepdims

    def axes(self, x):
        return tuple(range(1, x.ndim - 1)) if self.data_format == "channels_last" else tuple(range(2, x.ndim))


@adapter("keras.layers.GlobalAveragePooling1D")
class GlobalAveragePooling1D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)
        self.supports_masking = True

    def compute_mask(self, inputs, previous_mask=None):
        return None

    def call(self, inputs, mask=None):
        axes = self.axes(inputs)
        if mask is None:
            return torch.mean(inputs, axes, keepdim=self.keepdims)
        mask = torch.unsqueeze(mask.to(inputs.dtype), 2 if self.data_format == "channels_last" else 1)
        return torch.sum(inputs * mask, axes, keepdim=self.keepdims) / torch.sum(mask, axes, keepdim=self.keepdims)


@adapter("keras.layers.GlobalMaxPooling1D")
class GlobalMaxPooling1D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)

    def call(self, inputs):
        return torch.amax(inputs, self.axes(inputs), keepdim=self.keepdims)


@adapter("keras.layers.GlobalAveragePooling2D")
class GlobalAveragePooling2D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)

    def call(self, inputs):
        return torch.mean(inputs, self.axes(inputs), keepdim=self.keepdims)


@adapter("keras.layers.GlobalMaxPooling2D")
class GlobalMaxPooling2D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)

    def call(self, inputs):
        return torch.amax(inputs, self.axes(inputs), keepdim=self.keepdims)


@adapter("keras.layers.GlobalAveragePooling3D")
class GlobalAveragePooling3D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)

    def call(self, inputs):
        return torch.mean(inputs, self.axes(inputs), keepdim=self.keepdims)


@adapter("keras.layers.GlobalMaxPooling3D")
class GlobalMaxPooling3D(GlobalPooling):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(data_format, keepdims, **kwargs)

    def call(self, inputs):
        return torch.amax(inputs, self.axes(inputs), keepdim=self.keepdims)


@adapter("keras.layers.AdaptiveAveragePooling1D")
class AdaptiveAveragePooling1D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 1)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_avg_pool1d(inputs, self.output_size)
        return F.adaptive_avg_pool1d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)


@adapter("keras.layers.AdaptiveAveragePooling2D")
class AdaptiveAveragePooling2D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 2)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_avg_pool2d(inputs, self.output_size)
        return F.adaptive_avg_pool2d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)


@adapter("keras.layers.AdaptiveAveragePooling3D")
class AdaptiveAveragePooling3D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 3)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_avg_pool3d(inputs, self.output_size)
        return F.adaptive_avg_pool3d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)


@adapter("keras.layers.AdaptiveMaxPooling1D")
class AdaptiveMaxPooling1D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 1)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_max_pool1d(inputs, self.output_size)
        return F.adaptive_max_pool1d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)


@adapter("keras.layers.AdaptiveMaxPooling2D")
class AdaptiveMaxPooling2D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 2)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_max_pool2d(inputs, self.output_size)
        return F.adaptive_max_pool2d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)


@adapter("keras.layers.AdaptiveMaxPooling3D")
class AdaptiveMaxPooling3D(Layer):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.output_size = sizes(output_size, 3)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        if self.data_format == "channels_first":
            return F.adaptive_max_pool3d(inputs, self.output_size)
        return F.adaptive_max_pool3d(inputs.movedim(-1, 1), self.output_size).movedim(1, -1)
