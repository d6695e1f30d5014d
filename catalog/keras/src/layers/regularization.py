"""Layers that act in training only."""
from __future__ import annotations

import _nw
from _nw import check, layer
from keras.src import regularizers, rules, state
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.random import SeedGenerator

__public__ = "keras.layers"


def _rate(rate):
    check(0 <= rate, "Invalid value received for argument `rate`. Expected a float value between 0 and 1.", ValueError)
    check(rate <= 1, "Invalid value received for argument `rate`. Expected a float value between 0 and 1.", ValueError)
    return rate


@layer(effects="rng", pivot="dropout(inputs, rate=rate, training=training) if noise_shape is None else identity(inputs) if not training else None")
class Dropout(Layer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate = _rate(rate)
        self.seed = seed
        self.noise_shape = noise_shape
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


class _Spatial(Layer):
    def _nw_common(self, rank, rate, seed, data_format):
        self.rate = _rate(rate)
        self.seed = seed
        self.noise_shape = None
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)
        self.supports_masking = True
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=rank + 2)
        self._nw_ready()


@layer(effects="rng", pivot="dropout(inputs[n, ..., c], rate=rate, training=training, share='...')")
class SpatialDropout1D(_Spatial):
    def __init__(self, rate, seed=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self._nw_common(1, rate, seed, "channels_last")

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(effects="rng", pivot="dropout(inputs[n, ..., c], rate=rate, training=training, share='...') if data_format == 'channels_last' else dropout(inputs[n, c, ...], rate=rate, training=training, share='...')")
class SpatialDropout2D(_Spatial):
    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self._nw_common(2, rate, seed, data_format)

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(effects="rng", pivot="dropout(inputs[n, ..., c], rate=rate, training=training, share='...') if data_format == 'channels_last' else dropout(inputs[n, c, ...], rate=rate, training=training, share='...')")
class SpatialDropout3D(_Spatial):
    def __init__(self, rate, data_format=None, seed=None, name=None, dtype=None):
        super().__init__(name=name, dtype=dtype)
        self._nw_common(3, rate, seed, data_format)

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(effects="rng")
class GaussianDropout(Layer):
    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate = _rate(rate)
        self.seed = seed
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(effects="rng")
class GaussianNoise(Layer):
    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.stddev = _rate(stddev)
        self.seed = seed
        if stddev > 0:
            self.seed_generator = SeedGenerator(seed)
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(effects="rng", pivot="alpha_dropout(inputs, rate=rate, training=training) if noise_shape is None else None")
class AlphaDropout(Layer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.rate = _rate(rate)
        self.seed = seed
        self.noise_shape = noise_shape
        if rate > 0:
            self.seed_generator = SeedGenerator(seed)
        self.supports_masking = True
        self._nw_ready()

    def call(self, inputs, training=False) -> Tensor:
        return rules.same(inputs)


@layer(pivot="identity(inputs)")
class ActivityRegularization(Layer):
    def __init__(self, l1=0.0, l2=0.0, **kwargs):
        super().__init__(activity_regularizer=regularizers.L1L2(l1=l1, l2=l2), **kwargs)
        self.supports_masking = True
        self.l1 = l1
        self.l2 = l2
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.same(inputs)
