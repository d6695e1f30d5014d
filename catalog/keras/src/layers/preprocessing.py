"""Preprocessing that networks carry along."""
from __future__ import annotations

import _nw
from _nw import check, layer
from keras.src import conversion, dtypes, rules, state
from keras.src.layers.layer import Layer
from keras.src.random import SeedGenerator

__public__ = "keras.layers"


@layer(pivot="add(multiply(inputs, scale), offset)")
class Rescaling(Layer):
    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale
        self.offset = offset
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        made = rules.broadcast(inputs, self.scale, self.offset)
        return _nw.tensor(made, self.compute_dtype)


@layer(pivot="None if invert else divide(subtract(inputs, reshape(adapt_mean, _broadcast_shape)), maximum(sqrt(reshape(adapt_variance, _broadcast_shape)), 1e-07)) if input_mean is None else divide(subtract(inputs, mean), maximum(sqrt(variance), 1e-07))")
class Normalization(Layer):
    def __init__(self, axis=-1, mean=None, variance=None, invert=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = () if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
        self.input_mean = mean
        self.input_variance = variance
        self.invert = invert
        self.supports_masking = True
        self._build_input_shape = None
        self.mean = None
        if (mean is not None) != (variance is not None):
            raise ValueError("When setting values directly, both `mean` and `variance` must be set.")

    def build(self, input_shape):
        if input_shape is None:
            return
        rank = len(input_shape)
        for axis in self.axis:
            check(-rank <= axis and axis < rank, "All `axis` values must be in the range [-ndim, ndim).", ValueError)
        self._keep_axis = tuple(sorted([d if d >= 0 else d + rank for d in self.axis]))
        for d in self._keep_axis:
            if input_shape[d] is None:
                raise ValueError("All `axis` values to be kept must have a known shape.")
        self._broadcast_shape = [input_shape[d] if d in self._keep_axis else 1 for d in range(rank)]
        shape = tuple([input_shape[d] for d in self._keep_axis])
        if self.input_mean is None:
            self.adapt_mean = self.add_weight(name="mean", shape=shape, initializer="zeros", trainable=False)
            self.adapt_variance = self.add_weight(name="variance", shape=shape, initializer="ones", trainable=False)
            self.count = self.add_weight(name="count", shape=(), dtype="int", initializer="zeros", trainable=False)
        else:
            self.mean = self._nw_given(self.input_mean)
            self.variance = self._nw_given(self.input_variance)
        self.built = True

    def _nw_given(self, value):
        """Numbers as a tensor that broadcasts over the axes which are not kept."""
        shape = self._broadcast_shape
        count = _nw.prod(shape)
        value = _nw.flat(conversion.to_tensor(value, self.compute_dtype))
        if value is not None:
            value = value * count if len(value) == 1 else value
        return _nw.tensor(shape, self.compute_dtype, data=value if value is None or len(value) == count else None)

    def adapt(self, data):
        if not self.built:
            self.build(tuple(data.shape))

    def finalize_state(self):
        pass

    def call(self, inputs) -> Tensor:
        if self.input_mean is None:
            return rules.like(inputs, rules.broadcast(inputs, _nw.tensor(self._broadcast_shape)), self.compute_dtype)
        return _nw.tensor(inputs.shape, self.compute_dtype)


@layer(pivot="None if crop_to_aspect_ratio or pad_to_aspect_ratio or antialias or interpolation not in ('nearest', 'bilinear') or data.ndim != 4 else resize(data[n, ..., c], size=(height, width), method='linear' if interpolation == 'bilinear' else interpolation, grid='half_pixel') if data_format == 'channels_last' else resize(data[n, c, ...], size=(height, width), method='linear' if interpolation == 'bilinear' else interpolation, grid='half_pixel')")
class Resizing(Layer):
    def __init__(self, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant", fill_value=0.0,
                 antialias=False, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height = height
        self.width = width
        self.interpolation = interpolation
        self.crop_to_aspect_ratio = crop_to_aspect_ratio
        self.pad_to_aspect_ratio = pad_to_aspect_ratio
        self.antialias = antialias
        self.data_format = state.data_format(data_format)
        self._nw_ready()

    def call(self, data, training=True) -> Tensor:
        shape = list(data.shape)
        first = len(shape) - (3 if self.data_format == "channels_last" else 2)
        shape[first], shape[first + 1] = self.height, self.width
        return _nw.tensor(shape, data.dtype if self.interpolation == "nearest" else self.compute_dtype)


@layer
class CenterCrop(Layer):
    def __init__(self, height, width, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height = height
        self.width = width
        self.data_format = state.data_format(data_format)
        self._nw_ready()

    def call(self, data, training=True) -> Tensor:
        shape = list(data.shape)
        first = len(shape) - (3 if self.data_format == "channels_last" else 2)
        shape[first], shape[first + 1] = self.height, self.width
        return _nw.tensor(shape, self.compute_dtype)


class _Augmentation(Layer):
    """Random changes of pictures: in evaluation the picture itself."""

    def __init__(self, *args, seed=None, data_format=None, **kwargs):
        super().__init__(**{key: kwargs[key] for key in kwargs if key in ("name", "dtype", "trainable")})
        self.seed = seed
        self.generator = SeedGenerator(seed)
        self.data_format = state.data_format(data_format)
        self.supports_masking = True
        self._nw_ready()


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomFlip(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomRotation(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomZoom(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomTranslation(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomContrast(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomBrightness(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomHue(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomSaturation(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomGrayscale(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomErasing(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomGaussianBlur(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomInvert(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomSharpness(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomShear(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomPerspective(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomColorDegeneration(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class RandomElasticTransform(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class MixUp(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer(effects="rng", pivot="identity(data) if not training else None")
class CutMix(_Augmentation):
    def call(self, data, training=True) -> Tensor:
        return rules.same(data)


@layer
class Discretization(Layer):
    def __init__(self, bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode="int", sparse=False, dtype=None, name=None):
        if dtype is None:
            dtype = "int64" if output_mode == "int" else state.settings["floatx"]
        super().__init__(name=name, dtype=dtype)
        if bin_boundaries is None and num_bins is None:
            raise ValueError("You need to set either `num_bins` or `bin_boundaries`.")
        self.bin_boundaries = bin_boundaries
        self.output_mode = output_mode
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        if self.bin_boundaries is None:
            return _nw.unknown("boundaries that are found by adapt()")
        shape, count = list(inputs.shape), len(self.bin_boundaries) + 1
        if self.output_mode == "int":
            return _nw.tensor(shape, "int32")
        if self.output_mode == "one_hot":
            return _nw.tensor((shape[:-1] if len(shape) > 1 and shape[-1] == 1 else shape) + [count], "float32")
        return _nw.tensor(shape[:-1] + [count], "float32")


@layer
class CategoryEncoding(Layer):
    def __init__(self, num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs):
        super().__init__(**kwargs)
        self.num_tokens = num_tokens
        self.output_mode = output_mode
        self._nw_ready()

    def call(self, inputs, count_weights=None) -> Tensor:
        shape = list(inputs.shape)
        if self.output_mode == "one_hot":
            return _nw.tensor((shape[:-1] if shape and shape[-1] == 1 else shape) + [self.num_tokens], "float32")
        return _nw.tensor(shape[:-1] + [self.num_tokens], "float32")
