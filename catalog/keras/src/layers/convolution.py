"""Convolutions."""
from __future__ import annotations

import _nw
from _nw import check, known, layer, normal_dim, prod
from keras.src import activations, constraints, dtypes, initializers, regularizers, rules, state, symbolic
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import Layer
from keras.src.ops.nn import convolved, spread, unfolded

__public__ = "keras.layers"



def _padding(value, allow_causal=False):
    if not isinstance(value, str):
        raise ValueError("The `padding` argument must be a string.")
    text = value.lower()
    if text not in (("valid", "same", "causal") if allow_causal else ("valid", "same")):
        raise ValueError("The `padding` argument must be one of valid, same. Received: " + value)
    return text


class _Convolution(Layer):
    """What all kinds have in common."""

    def _nw_common(self, rank, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint):
        self.rank = rank
        self.kernel_size = rules.numbers(kernel_size, rank)
        self.strides = rules.numbers(strides, rank)
        self.dilation_rate = rules.numbers(dilation_rate, rank)
        self.padding = _padding(padding, rank == 1)
        self.data_format = state.data_format(data_format)
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        self.bias_initializer = initializers.get(bias_initializer)
        self.bias_regularizer = regularizers.get(bias_regularizer)
        self.bias_constraint = constraints.get(bias_constraint)
        self.input_spec = InputSpec(min_ndim=rank + 2)
        for one in self.kernel_size:
            check(one > 0, "The argument `kernel_size` cannot contain 0.", ValueError)
        for one in self.strides:
            check(one > 0, "The argument `strides` cannot contain 0.", ValueError)
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError("`strides > 1` not supported in conjunction with `dilation_rate > 1`.")

    def _nw_channels(self, input_shape):
        axis = -1 if self.data_format == "channels_last" else 1
        count = input_shape[axis]
        if count is None:
            raise ValueError("The channel dimension of the inputs should be defined.")
        self.input_spec = InputSpec(min_ndim=self.rank + 2, axes={axis: count})
        return count

    def _nw_bias(self, count):
        return self.add_weight(name="bias", shape=(count,), initializer=self.bias_initializer, regularizer=self.bias_regularizer,
                               constraint=self.bias_constraint) if self.use_bias else None


@layer(pivot="apply(activation, convolution(inputs[n, ..., c], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding if padding != 'causal' else [(dilation_rate[0] * (kernel_size[0] - 1), 0)], dilation=dilation_rate, groups=groups) if data_format == 'channels_last' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding if padding != 'causal' else [(dilation_rate[0] * (kernel_size[0] - 1), 0)], dilation=dilation_rate, groups=groups))", after="activation")
class Conv1D(_Convolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.groups = groups
        self._nw_common(1, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)
        check(groups > 0, "The number of groups must be a positive integer.", ValueError)
        check(filters is None or filters % groups == 0, "The number of filters must be evenly divisible by the number of groups.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        check(count % self.groups == 0, "The number of input channels must be evenly divisible by the number of groups.", ValueError)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (count // self.groups, self.filters), initializer=self.kernel_initializer,
                                       regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        for size, k, s, d in zip(rules.spatial(input_shape, self.data_format), self.kernel_size, self.strides, self.dilation_rate):
            if size is not None:
                rules.window(size, k, s, d, self.padding)
        self.built = True

    def call(self, inputs) -> Tensor:
        if hasattr(self, "convolution_op"):  # a method of the program's own
            return _nw.unknown("what convolution_op computes")
        return _nw.activated(self.activation, rules.like(inputs, convolved(inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate)))


@layer(pivot="apply(activation, convolution(inputs[n, ..., c], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups) if data_format == 'channels_last' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups))", after="activation")
class Conv2D(_Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.groups = groups
        self._nw_common(2, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)
        check(groups > 0, "The number of groups must be a positive integer.", ValueError)
        check(filters is None or filters % groups == 0, "The number of filters must be evenly divisible by the number of groups.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        check(count % self.groups == 0, "The number of input channels must be evenly divisible by the number of groups.", ValueError)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (count // self.groups, self.filters), initializer=self.kernel_initializer,
                                       regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        for size, k, s, d in zip(rules.spatial(input_shape, self.data_format), self.kernel_size, self.strides, self.dilation_rate):
            if size is not None:
                rules.window(size, k, s, d, self.padding)
        self.built = True

    def call(self, inputs) -> Tensor:
        if hasattr(self, "convolution_op"):  # a method of the program's own
            return _nw.unknown("what convolution_op computes")
        return _nw.activated(self.activation, rules.like(inputs, convolved(inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate)))


@layer(pivot="apply(activation, convolution(inputs[n, ..., c], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups) if data_format == 'channels_last' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups))", after="activation")
class Conv3D(_Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1), groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.groups = groups
        self._nw_common(3, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)
        check(groups > 0, "The number of groups must be a positive integer.", ValueError)
        check(filters is None or filters % groups == 0, "The number of filters must be evenly divisible by the number of groups.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        check(count % self.groups == 0, "The number of input channels must be evenly divisible by the number of groups.", ValueError)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (count // self.groups, self.filters), initializer=self.kernel_initializer,
                                       regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        for size, k, s, d in zip(rules.spatial(input_shape, self.data_format), self.kernel_size, self.strides, self.dilation_rate):
            if size is not None:
                rules.window(size, k, s, d, self.padding)
        self.built = True

    def call(self, inputs) -> Tensor:
        if hasattr(self, "convolution_op"):  # a method of the program's own
            return _nw.unknown("what convolution_op computes")
        return _nw.activated(self.activation, rules.like(inputs, convolved(inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate)))


@layer(pivot="apply(activation, convolution_transpose(inputs[n, ..., c], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate) if data_format == 'channels_last' else convolution_transpose(inputs[n, c, ...], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate))", after="activation")
class Conv1DTranspose(_Convolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self._nw_common(1, kernel_size, strides, _padding(padding), data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.output_padding = None if output_padding is None else rules.numbers(output_padding, 1)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (self.filters, count), initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        self.built = True

    def call(self, inputs) -> Tensor:
        shape = unfolded(inputs, self.kernel, self.strides, self.padding, self.output_padding, self.data_format, self.dilation_rate)
        return _nw.activated(self.activation, rules.like(inputs, shape))


@layer(pivot="apply(activation, convolution_transpose(inputs[n, ..., c], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate) if data_format == 'channels_last' else convolution_transpose(inputs[n, c, ...], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate))", after="activation")
class Conv2DTranspose(_Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", output_padding=None, data_format=None, dilation_rate=(1, 1), activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self._nw_common(2, kernel_size, strides, _padding(padding), data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.output_padding = None if output_padding is None else rules.numbers(output_padding, 2)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (self.filters, count), initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        self.built = True

    def call(self, inputs) -> Tensor:
        shape = unfolded(inputs, self.kernel, self.strides, self.padding, self.output_padding, self.data_format, self.dilation_rate)
        return _nw.activated(self.activation, rules.like(inputs, shape))


@layer(pivot="apply(activation, convolution_transpose(inputs[n, ..., c], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate) if data_format == 'channels_last' else convolution_transpose(inputs[n, c, ...], kernel=kernel[..., o, i], bias=bias[o], stride=strides, padding=padding, output_padding=output_padding, dilation=dilation_rate))", after="activation")
class Conv3DTranspose(_Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, output_padding=None, dilation_rate=(1, 1, 1), activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self._nw_common(3, kernel_size, strides, _padding(padding), data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.kernel_initializer = initializers.get(kernel_initializer)
        self.kernel_regularizer = regularizers.get(kernel_regularizer)
        self.kernel_constraint = constraints.get(kernel_constraint)
        self.output_padding = None if output_padding is None else rules.numbers(output_padding, 3)
        check(filters is None or filters > 0, "Invalid value for argument `filters`. Expected a strictly positive value.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (self.filters, count), initializer=self.kernel_initializer,
                                      regularizer=self.kernel_regularizer, constraint=self.kernel_constraint)
        self.bias = self._nw_bias(self.filters)
        self.built = True

    def call(self, inputs) -> Tensor:
        shape = unfolded(inputs, self.kernel, self.strides, self.padding, self.output_padding, self.data_format, self.dilation_rate)
        return _nw.activated(self.activation, rules.like(inputs, shape))


@layer(pivot="apply(activation, depthwise_convolution(inputs[n, ..., c], kernel=kernel[..., c, m], bias=bias, stride=strides, padding=padding, dilation=dilation_rate) if data_format == 'channels_last' else depthwise_convolution(inputs[n, c, ...], kernel=kernel[..., c, m], bias=bias, stride=strides, padding=padding, dilation=dilation_rate)) if padding != 'causal' else None", after="activation")
class DepthwiseConv1D(_Convolution):
    def __init__(self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True,
                 depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.depth_multiplier = depth_multiplier
        self._nw_common(1, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.depthwise_regularizer = regularizers.get(depthwise_regularizer)
        self.depthwise_constraint = constraints.get(depthwise_constraint)
        check(depth_multiplier is not None and depth_multiplier > 0, "Invalid value for argument `depth_multiplier`.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (count, self.depth_multiplier), initializer=self.depthwise_initializer,
                                      regularizer=self.depthwise_regularizer, constraint=self.depthwise_constraint)
        self.bias = self._nw_bias(self.depth_multiplier * count)
        self.built = True

    def call(self, inputs) -> Tensor:
        return _nw.activated(self.activation, rules.like(inputs, spread(inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate)))


@layer(pivot="apply(activation, depthwise_convolution(inputs[n, ..., c], kernel=kernel[..., c, m], bias=bias, stride=strides, padding=padding, dilation=dilation_rate) if data_format == 'channels_last' else depthwise_convolution(inputs[n, c, ...], kernel=kernel[..., c, m], bias=bias, stride=strides, padding=padding, dilation=dilation_rate))", after="activation")
class DepthwiseConv2D(_Convolution):
    def __init__(self, kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, data_format=None, dilation_rate=(1, 1), activation=None, use_bias=True,
                 depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.depth_multiplier = depth_multiplier
        self._nw_common(2, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.depthwise_regularizer = regularizers.get(depthwise_regularizer)
        self.depthwise_constraint = constraints.get(depthwise_constraint)
        check(depth_multiplier is not None and depth_multiplier > 0, "Invalid value for argument `depth_multiplier`.", ValueError)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.kernel = self.add_weight(name="kernel", shape=self.kernel_size + (count, self.depth_multiplier), initializer=self.depthwise_initializer,
                                      regularizer=self.depthwise_regularizer, constraint=self.depthwise_constraint)
        self.bias = self._nw_bias(self.depth_multiplier * count)
        self.built = True

    def call(self, inputs) -> Tensor:
        return _nw.activated(self.activation, rules.like(inputs, spread(inputs, self.kernel, self.strides, self.padding, self.data_format, self.dilation_rate)))


@layer(pivot="apply(activation, convolution(depthwise_convolution(inputs[n, ..., c], kernel=depthwise_kernel[..., c, m], bias=None, stride=strides, padding=padding if padding != 'causal' else [(dilation_rate[0] * (kernel_size[0] - 1), 0)], dilation=dilation_rate)[n, ..., c], kernel=pointwise_kernel[..., i, o], bias=bias[o], stride=(1,), padding='valid', dilation=(1,), groups=1)) if data_format == 'channels_last' else apply(activation, convolution(depthwise_convolution(inputs[n, c, ...], kernel=depthwise_kernel[..., c, m], bias=None, stride=strides, padding=padding if padding != 'causal' else [(dilation_rate[0] * (kernel_size[0] - 1), 0)], dilation=dilation_rate)[n, c, ...], kernel=pointwise_kernel[..., i, o], bias=bias[o], stride=(1,), padding='valid', dilation=(1,), groups=1))", after="activation")
class SeparableConv1D(_Convolution):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform", bias_initializer="zeros",
                 depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
                 pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.depth_multiplier = depth_multiplier
        self._nw_common(1, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.pointwise_initializer = initializers.get(pointwise_initializer)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.depthwise_kernel = self.add_weight(name="depthwise_kernel", shape=self.kernel_size + (count, self.depth_multiplier), initializer=self.depthwise_initializer)
        self.pointwise_kernel = self.add_weight(name="pointwise_kernel", shape=(1,) * 1 + (self.depth_multiplier * count, self.filters), initializer=self.pointwise_initializer)
        self.bias = self._nw_bias(self.filters)
        self.built = True

    def call(self, inputs) -> Tensor:
        shape = spread(inputs, self.depthwise_kernel, self.strides, self.padding, self.data_format, self.dilation_rate)
        return _nw.activated(self.activation, rules.like(inputs, rules.arranged(shape[0], rules.spatial(shape, self.data_format), self.filters, self.data_format)))


@layer(pivot="apply(activation, convolution(depthwise_convolution(inputs[n, ..., c], kernel=depthwise_kernel[..., c, m], bias=None, stride=strides, padding=padding, dilation=dilation_rate)[n, ..., c], kernel=pointwise_kernel[..., i, o], bias=bias[o], stride=(1, 1), padding='valid', dilation=(1, 1), groups=1)) if data_format == 'channels_last' else apply(activation, convolution(depthwise_convolution(inputs[n, c, ...], kernel=depthwise_kernel[..., c, m], bias=None, stride=strides, padding=padding, dilation=dilation_rate)[n, c, ...], kernel=pointwise_kernel[..., i, o], bias=bias[o], stride=(1, 1), padding='valid', dilation=(1, 1), groups=1))", after="activation")
class SeparableConv2D(_Convolution):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), depth_multiplier=1, activation=None,
                 use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform", bias_initializer="zeros",
                 depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
                 pointwise_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.depth_multiplier = depth_multiplier
        self._nw_common(2, kernel_size, strides, padding, data_format, dilation_rate, activation, use_bias, bias_initializer, bias_regularizer, bias_constraint)
        self.depthwise_initializer = initializers.get(depthwise_initializer)
        self.pointwise_initializer = initializers.get(pointwise_initializer)

    def build(self, input_shape):
        count = self._nw_channels(input_shape)
        self.depthwise_kernel = self.add_weight(name="depthwise_kernel", shape=self.kernel_size + (count, self.depth_multiplier), initializer=self.depthwise_initializer)
        self.pointwise_kernel = self.add_weight(name="pointwise_kernel", shape=(1,) * 2 + (self.depth_multiplier * count, self.filters), initializer=self.pointwise_initializer)
        self.bias = self._nw_bias(self.filters)
        self.built = True

    def call(self, inputs) -> Tensor:
        shape = spread(inputs, self.depthwise_kernel, self.strides, self.padding, self.data_format, self.dilation_rate)
        return _nw.activated(self.activation, rules.like(inputs, rules.arranged(shape[0], rules.spatial(shape, self.data_format), self.filters, self.data_format)))
