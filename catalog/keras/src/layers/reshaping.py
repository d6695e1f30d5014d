"""Layers that move, cut and pad."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, normal_dim, prod
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.ops.operation_utils import compute_reshape

__public__ = "keras.layers"



@layer(pivot="flatten(inputs, start=1, end=-1) if data_format == 'channels_last' or inputs.ndim < 3 else flatten(move_axis(inputs, 1, -1), start=1, end=-1)")
class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(min_ndim=1)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return _nw.view(inputs, (inputs.shape[0], prod(inputs.shape[1:])))


@layer(pivot="reshape(inputs, (inputs.shape[0], *target_shape))")
class Reshape(Layer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        target_shape = tuple(target_shape)
        self.target_shape = target_shape
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return _nw.view(inputs, (inputs.shape[0],) + compute_reshape(tuple(inputs.shape[1:]), self.target_shape))


@layer(pivot="transpose(inputs, permutation=(0, *dims))")
class Permute(Layer):
    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        check(sorted(dims) == list(range(1, len(dims) + 1)), "Invalid permutation argument `dims` for Permute Layer.", ValueError)
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.permuted(inputs, (0,) + self.dims)


@layer(pivot="repeat(expand_dims(inputs, axis=1), count=n, axis=1)")
class RepeatVector(Layer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(n, int):
            raise TypeError("Expected an integer value for `n`")
        self.n = n
        self.input_spec = InputSpec(ndim=2)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.like(inputs, (inputs.shape[0], self.n, inputs.shape[1]))


def _pairs(value, rank, what):
    """((before, after), ...) for each spatial axis."""
    if isinstance(value, int):
        return ((value, value),) * rank
    if rank == 1 and len(value) == 2 and isinstance(value[0], int):
        return (tuple(value),)
    check(len(value) == rank, "`" + what + "` should have one part for each spatial dimension.", ValueError)
    made = []
    for one in value:
        pair = (one, one) if isinstance(one, int) else tuple(one)
        check(len(pair) == 2, "`" + what + "` should hold pairs.", ValueError)
        made.append(pair)
    return tuple(made)


@layer(pivot="pad(inputs, widths=((0, 0), padding, (0, 0)), mode='constant') if data_format == 'channels_last' else pad(inputs, widths=((0, 0), (0, 0), padding), mode='constant')")
class ZeroPadding1D(Layer):
    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = _pairs(padding, 1, "padding")[0]
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=3)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size + before + after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), (self.padding,))]
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="pad(inputs, widths=((0, 0), padding[0], padding[1], (0, 0)), mode='constant') if data_format == 'channels_last' else pad(inputs, widths=((0, 0), (0, 0), padding[0], padding[1]), mode='constant')")
class ZeroPadding2D(Layer):
    def __init__(self, padding=(1, 1), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = _pairs(padding, 2, "padding")
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=4)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size + before + after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), self.padding)]
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="pad(inputs, widths=((0, 0), padding[0], padding[1], padding[2], (0, 0)), mode='constant') if data_format == 'channels_last' else pad(inputs, widths=((0, 0), (0, 0), padding[0], padding[1], padding[2]), mode='constant')")
class ZeroPadding3D(Layer):
    def __init__(self, padding=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.padding = _pairs(padding, 3, "padding")
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=5)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size + before + after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), self.padding)]
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


def _kept(cropping, data_format):
    """The index that cuts pairs of numbers off the spatial axes."""
    first = (slice(None),) if data_format == "channels_last" else (slice(None), slice(None))
    return first + tuple([slice(before, None if after == 0 else -after) for before, after in cropping])


@layer(pivot="slice(inputs, _nw_kept)")
class Cropping1D(Layer):
    def __init__(self, cropping=(1, 1), **kwargs):
        super().__init__(**kwargs)
        self.cropping = _pairs(cropping, 1, "cropping")[0]
        self.data_format = "channels_last"
        self._nw_kept = _kept((self.cropping,), self.data_format)
        self.input_spec = InputSpec(ndim=3)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size - before - after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), (self.cropping,))]
        for size in sizes:
            check(size > 0, "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input.", ValueError)
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="slice(inputs, _nw_kept)")
class Cropping2D(Layer):
    def __init__(self, cropping=((0, 0), (0, 0)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.cropping = _pairs(cropping, 2, "cropping")
        self.data_format = state.data_format(data_format)
        self._nw_kept = _kept(self.cropping, self.data_format)
        self.input_spec = InputSpec(ndim=4)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size - before - after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), self.cropping)]
        for size in sizes:
            check(size > 0, "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input.", ValueError)
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="slice(inputs, _nw_kept)")
class Cropping3D(Layer):
    def __init__(self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.cropping = _pairs(cropping, 3, "cropping")
        self.data_format = state.data_format(data_format)
        self._nw_kept = _kept(self.cropping, self.data_format)
        self.input_spec = InputSpec(ndim=5)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [size - before - after for size, (before, after) in zip(rules.spatial(inputs.shape, self.data_format), self.cropping)]
        for size in sizes:
            check(size > 0, "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input.", ValueError)
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="repeat(inputs, count=size, axis=1)")
class UpSampling1D(Layer):
    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = int(size)
        self.input_spec = InputSpec(ndim=3)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.like(inputs, (inputs.shape[0], inputs.shape[1] * self.size, inputs.shape[2]))


# TensorFlow looks cubic weights up in a table of 1024 steps, so that only these factors have exact ones; enlarging them with antialiasing is the same.
@layer(pivot="resize(inputs[n, ..., c], scale=size, method='linear' if interpolation == 'bilinear' else interpolation, grid='half_pixel') if data_format == 'channels_last' and interpolation in ('nearest', 'bilinear') else resize(inputs[n, c, ...], scale=size, method='linear' if interpolation == 'bilinear' else interpolation, grid='half_pixel') if interpolation in ('nearest', 'bilinear') else"
             " None if interpolation != 'bicubic' or size[0] not in (1, 2, 4, 8) or size[1] not in (1, 2, 4, 8) else"
             " resize(inputs[n, ..., c], scale=size, method='cubic', a=-0.5, grid='half_pixel', antialias=True) if data_format == 'channels_last' else resize(inputs[n, c, ...], scale=size, method='cubic', a=-0.5, grid='half_pixel', antialias=True)")
class UpSampling2D(Layer):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs):
        super().__init__(**kwargs)
        self.data_format = state.data_format(data_format)
        self.size = rules.numbers(size, 2)
        self.interpolation = interpolation.lower()
        if self.interpolation not in ("nearest", "bilinear", "lanczos3", "lanczos5", "bicubic"):
            raise ValueError("`interpolation` argument should be one of nearest, bilinear ...")
        self.input_spec = InputSpec(ndim=4)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [a * b for a, b in zip(rules.spatial(inputs.shape, self.data_format), self.size)]
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="repeat(repeat(repeat(inputs, count=size[0], axis=1), count=size[1], axis=2), count=size[2], axis=3) if data_format == 'channels_last' else repeat(repeat(repeat(inputs, count=size[0], axis=2), count=size[1], axis=3), count=size[2], axis=4)")
class UpSampling3D(Layer):
    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = state.data_format(data_format)
        self.size = rules.numbers(size, 3)
        self.input_spec = InputSpec(ndim=5)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        sizes = [a * b for a, b in zip(rules.spatial(inputs.shape, self.data_format), self.size)]
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))
