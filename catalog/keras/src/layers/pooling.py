"""Pooling."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, normal_dim, prod
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer

__public__ = "keras.layers"



class _Pooling(Layer):
    def _nw_common(self, rank, pool_size, strides, padding, data_format):
        self.pool_size = rules.numbers(pool_size, rank)
        self.strides = self.pool_size if strides is None else rules.numbers(strides, rank)
        self.padding = padding.lower()
        if self.padding not in ("valid", "same"):
            raise ValueError("Invalid padding: " + padding)
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=rank + 2)
        self._nw_ready()

    def _nw_pooled(self, inputs):
        sizes = rules.windows(inputs.shape, self.pool_size, self.strides, (1,) * len(self.pool_size), self.padding, self.data_format)
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


class _Global(Layer):
    def _nw_common(self, rank, data_format, keepdims):
        self.data_format = state.data_format(data_format)
        self.keepdims = keepdims
        self.input_spec = InputSpec(ndim=rank + 2)
        self._nw_ready()

    def _nw_pooled(self, inputs):
        count = rules.channels(inputs.shape, self.data_format)
        if not self.keepdims:
            return rules.like(inputs, (inputs.shape[0], count))
        return rules.like(inputs, rules.arranged(inputs.shape[0], (1,) * (len(inputs.shape) - 2), count, self.data_format))


class _Adaptive(Layer):
    def _nw_common(self, rank, output_size, data_format):
        self.output_size = rules.numbers(output_size, rank)
        self.data_format = state.data_format(data_format)
        self.input_spec = InputSpec(ndim=rank + 2)
        self._nw_ready()

    def _nw_pooled(self, inputs):
        return rules.like(inputs, rules.arranged(inputs.shape[0], self.output_size, rules.channels(inputs.shape, self.data_format), self.data_format))


@layer(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding) if data_format == 'channels_last' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding)")
class MaxPooling1D(_Pooling):
    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(1, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


MaxPool1D = MaxPooling1D


@layer(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding) if data_format == 'channels_last' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding)")
class MaxPooling2D(_Pooling):
    def __init__(self, pool_size=(2, 2), strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(2, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


MaxPool2D = MaxPooling2D


@layer(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding) if data_format == 'channels_last' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding)")
class MaxPooling3D(_Pooling):
    def __init__(self, pool_size=(2, 2, 2), strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(3, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


MaxPool3D = MaxPooling3D


@layer(pivot="average_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding, count_padding=False) if data_format == 'channels_last' else average_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding, count_padding=False)")
class AveragePooling1D(_Pooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(1, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


AvgPool1D = AveragePooling1D


@layer(pivot="average_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding, count_padding=False) if data_format == 'channels_last' else average_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding, count_padding=False)")
class AveragePooling2D(_Pooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(2, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


AvgPool2D = AveragePooling2D


@layer(pivot="average_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding, count_padding=False) if data_format == 'channels_last' else average_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding, count_padding=False)")
class AveragePooling3D(_Pooling):
    def __init__(self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self._nw_common(3, pool_size, strides, padding, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


AvgPool3D = AveragePooling3D


@layer(pivot="global_max_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_max_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalMaxPooling1D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(1, data_format, keepdims)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


GlobalMaxPool1D = GlobalMaxPooling1D


@layer(pivot="global_max_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_max_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalMaxPooling2D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(2, data_format, keepdims)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


GlobalMaxPool2D = GlobalMaxPooling2D


@layer(pivot="global_max_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_max_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalMaxPooling3D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(3, data_format, keepdims)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


GlobalMaxPool3D = GlobalMaxPooling3D


@layer(pivot="None if mask is not None else global_average_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_average_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalAveragePooling1D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(1, data_format, keepdims)
        self.supports_masking = True

    def call(self, inputs, mask=None) -> Tensor:
        return self._nw_pooled(inputs)


    def compute_mask(self, inputs, mask=None):
        return None


GlobalAvgPool1D = GlobalAveragePooling1D


@layer(pivot="global_average_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_average_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalAveragePooling2D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(2, data_format, keepdims)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


GlobalAvgPool2D = GlobalAveragePooling2D


@layer(pivot="global_average_pool(inputs[n, ..., c], keepdims=keepdims) if data_format == 'channels_last' else global_average_pool(inputs[n, c, ...], keepdims=keepdims)")
class GlobalAveragePooling3D(_Global):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(3, data_format, keepdims)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


GlobalAvgPool3D = GlobalAveragePooling3D


@layer(pivot="adaptive_max_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_max_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveMaxPooling1D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(1, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


@layer(pivot="adaptive_max_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_max_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveMaxPooling2D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(2, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


@layer(pivot="adaptive_max_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_max_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveMaxPooling3D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(3, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


@layer(pivot="adaptive_average_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_average_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveAveragePooling1D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(1, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


@layer(pivot="adaptive_average_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_average_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveAveragePooling2D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(2, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)


@layer(pivot="adaptive_average_pool(inputs[n, ..., c], output_size=output_size) if data_format == 'channels_last' else adaptive_average_pool(inputs[n, c, ...], output_size=output_size)")
class AdaptiveAveragePooling3D(_Adaptive):
    def __init__(self, output_size, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self._nw_common(3, output_size, data_format)

    def call(self, inputs) -> Tensor:
        return self._nw_pooled(inputs)
