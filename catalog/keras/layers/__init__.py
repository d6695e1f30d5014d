"""Layers: weights are made by `build`, from the first input's shape."""
from __future__ import annotations

import _nw
from _nw import check, layer, normal_dim, prod
from keras import _rules as rules
from keras import activations
from torch import _rules as shapes


class Layer:
    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        self.name = name
        self.trainable = trainable
        self.built = False
        self._own = []

    def add_weight(self, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None, constraint=None, aggregation="none",
                   overwrite_with_gradient=False, name=None):
        made = _nw.tensor(() if shape is None else tuple(shape))
        made = _nw.Parameter(made) if trainable else _nw.Buffer(made)
        self._own.append(made)
        return made

    def build(self, input_shape):
        self.built = True

    def __call__(self, *args, **kwargs):
        if not self.built:
            self._prepare(*args, **kwargs)
            self.built = True
        return self.call(*args, **kwargs)

    def _prepare(self, *args, **kwargs):
        first = args[0] if args else kwargs[list(kwargs)[0]]
        self.build([tuple(x.shape) for x in first] if isinstance(first, (list, tuple)) else tuple(first.shape))

    def call(self, *args, **kwargs):
        raise NotImplementedError("Layer does not have a `call()` method implemented.")

    @property
    def weights(self):
        found = list(self._own)
        for value in list(self.__dict__.values()):
            if isinstance(value, Layer):
                found = found + value.weights
        return found


@layer(pivot="apply(activation, linear(inputs[..., i], kernel=kernel[i, o], bias=bias[o]))")
class Dense(Layer):
    def __init__(self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, lora_rank=None, lora_alpha=None,
                 quantization_config=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias

    def build(self, input_shape):
        self.kernel = self.add_weight((input_shape[-1], self.units))
        self.bias = self.add_weight((self.units,)) if self.use_bias else None

    def call(self, inputs, training=None) -> Tensor:
        check(inputs.shape[-1] == self.kernel.shape[0], "expected another size of the last axis", ValueError)
        return self.activation(rules.like(inputs, inputs.shape[:-1] + (self.units,)))


@layer(pivot="apply(activation, convolution(inputs[n, ..., c], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups) if data_format == 'channels_last' else convolution(inputs[n, c, ...], kernel=kernel[..., i, o], bias=bias[o], stride=strides, padding=padding, dilation=dilation_rate, groups=groups))")
class Conv2D(Layer):
    def __init__(self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1, activation=None,
                 use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self.kernel_size = rules.numbers(kernel_size, 2)
        self.strides = rules.numbers(strides, 2)
        self.padding = padding.lower()
        self.data_format = "channels_last" if data_format is None else data_format
        self.dilation_rate = rules.numbers(dilation_rate, 2)
        self.groups = groups
        self.activation = activations.get(activation)
        self.use_bias = use_bias

    def build(self, input_shape):
        count = rules.channels(input_shape, self.data_format)
        check(count % self.groups == 0, "The number of input channels must be evenly divisible by the number of groups.", ValueError)
        self.kernel = self.add_weight(self.kernel_size + (count // self.groups, self.filters))
        self.bias = self.add_weight((self.filters,)) if self.use_bias else None

    def call(self, inputs) -> Tensor:
        sizes = rules.windows(inputs.shape, self.kernel_size, self.strides, self.dilation_rate, self.padding, self.data_format)
        return self.activation(rules.like(inputs, rules.arranged(inputs.shape[0], sizes, self.filters, self.data_format)))


@layer(effects="buffer", pivot="batch_norm(inputs[n, ..., c], scale=gamma[c], offset=beta[c], mean=moving_mean[c], variance=moving_variance[c], epsilon=epsilon, momentum=1 - momentum, training=training and trainable, running='biased') if axis in (-1, inputs.ndim - 1) else batch_norm(inputs[n, c, ...], scale=gamma[c], offset=beta[c], mean=moving_mean[c], variance=moving_variance[c], epsilon=epsilon, momentum=1 - momentum, training=training and trainable, running='biased') if axis == 1 else None")
class BatchNormalization(Layer):
    def __init__(self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
                 moving_mean_initializer="zeros", moving_variance_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
                 gamma_constraint=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, synchronized=False, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis
        self.momentum = momentum
        self.epsilon = epsilon
        self.center = center
        self.scale = scale

    def build(self, input_shape):
        shape = (input_shape[normal_dim(self.axis, len(input_shape))],)
        self.gamma = self.add_weight(shape) if self.scale else None
        self.beta = self.add_weight(shape) if self.center else None
        self.moving_mean = self.add_weight(shape, trainable=False)
        self.moving_variance = self.add_weight(shape, trainable=False)

    def call(self, inputs, training=None, mask=None) -> Tensor:
        return rules.like(inputs)


@layer(pivot="layer_norm(inputs, axes=axis, scale=gamma, offset=beta, epsilon=epsilon)")
class LayerNormalization(Layer):
    def __init__(self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones", beta_regularizer=None,
                 gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs):
        super().__init__(**kwargs)
        self.axis = list(axis) if isinstance(axis, (list, tuple)) else axis
        self.epsilon = epsilon
        self.center = center
        self.scale = scale

    def build(self, input_shape):
        axes = self.axis if isinstance(self.axis, list) else [self.axis]
        shape = tuple([input_shape[d] for d in axes])
        self.gamma = self.add_weight(shape) if self.scale else None
        self.beta = self.add_weight(shape) if self.center else None

    def call(self, inputs) -> Tensor:
        return rules.like(inputs)


@layer(pivot="embedding(inputs, table=embeddings[v, d])")
class Embedding(Layer):
    def __init__(self, input_dim, output_dim, embeddings_initializer="uniform", embeddings_regularizer=None, embeddings_constraint=None, mask_zero=False,
                 weights=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs):
        super().__init__(**kwargs)
        self.input_dim = input_dim
        self.output_dim = output_dim
        self.mask_zero = mask_zero

    def build(self, input_shape=None):
        self.embeddings = self.add_weight((self.input_dim, self.output_dim))

    def call(self, inputs) -> Tensor:
        return _nw.tensor(tuple(inputs.shape) + (self.output_dim,), _nw.DType("float32"), like=inputs)


@layer(effects="rng", pivot="dropout(inputs, rate=rate, training=training) if noise_shape is None else None")
class Dropout(Layer):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        check(0 <= rate, "Invalid value received for argument `rate`.", ValueError)
        check(rate <= 1, "Invalid value received for argument `rate`.", ValueError)
        self.rate = rate
        self.noise_shape = noise_shape
        self.seed = seed

    def call(self, inputs, training=False) -> Tensor:
        return rules.like(inputs)


@layer(pivot="max_pool(inputs[n, ..., c], size=pool_size, stride=strides, padding=padding) if data_format == 'channels_last' else max_pool(inputs[n, c, ...], size=pool_size, stride=strides, padding=padding)")
class MaxPooling2D(Layer):
    def __init__(self, pool_size=(2, 2), strides=None, padding="valid", data_format=None, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.pool_size = rules.numbers(pool_size, 2)
        self.strides = self.pool_size if strides is None else rules.numbers(strides, 2)
        self.padding = padding.lower()
        self.data_format = "channels_last" if data_format is None else data_format

    def call(self, inputs) -> Tensor:
        sizes = rules.windows(inputs.shape, self.pool_size, self.strides, (1, 1), self.padding, self.data_format)
        return rules.like(inputs, rules.arranged(inputs.shape[0], sizes, rules.channels(inputs.shape, self.data_format), self.data_format))


MaxPool2D = MaxPooling2D


@layer(pivot="flatten(inputs, start=1, end=-1) if data_format == 'channels_last' or inputs.ndim < 3 else None")
class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.data_format = "channels_last" if data_format is None else data_format

    def call(self, inputs) -> Tensor:
        return rules.like(inputs, (inputs.shape[0], prod(inputs.shape[1:])))


@layer(pivot="apply(activation, inputs)")
class Activation(Layer):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.activation = activations.get(activation)

    def call(self, inputs) -> Tensor:
        return self.activation(inputs)


@layer(pivot="relu(inputs) if max_value is None and negative_slope == 0.0 and threshold == 0.0 else relu6(inputs) if max_value == 6.0 and negative_slope == 0.0 and threshold == 0.0 else leaky_relu(inputs, slope=negative_slope) if max_value is None and threshold == 0.0 else None")
class ReLU(Layer):
    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        self.max_value = max_value
        self.negative_slope = negative_slope
        self.threshold = threshold

    def call(self, inputs) -> Tensor:
        return rules.like(inputs)


@layer(pivot="add(*inputs)")
class Add(Layer):
    def call(self, inputs) -> Tensor:
        return rules.like(inputs[0], _nw.broadcast(*[x.shape for x in inputs]), _nw.promote(*inputs))


@layer(pivot="concatenate(inputs, axis=axis)")
class Concatenate(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs) -> Tensor:
        return rules.like(inputs[0], shapes.concatenated([x.shape for x in inputs], self.axis, "concatenate"), _nw.promote(*inputs))


class _Projection(Layer):
    """One of the four projections of an attention layer: an EinsumDense with a kernel split by heads."""

    def __init__(self, kernel, bias):
        super().__init__()
        self.kernel = self.add_weight(kernel)
        self.bias = None if bias is None else self.add_weight(bias)
        self.built = True


@layer(pivot="multi_head_attention(query[n, l, e], key[n, s, e], value[n, s, e], heads=num_heads, query_kernel=query_dense.kernel[e, h, d], key_kernel=key_dense.kernel[e, h, d], value_kernel=value_dense.kernel[e, h, d], output_kernel=output_dense.kernel[h, d, e], query_bias=query_dense.bias[h, d], key_bias=key_dense.bias[h, d], value_bias=value_dense.bias[h, d], output_bias=output_dense.bias[e], mask=attention_mask, causal=use_causal_mask, rate=dropout, training=training, weights='each' if return_attention_scores else 'none') if attention_axes is None else None")
class MultiHeadAttention(Layer):
    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, flash_attention=None,
                 use_gate=False, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.num_heads = num_heads
        self.key_dim = key_dim
        self.value_dim = value_dim or key_dim
        self.dropout = dropout
        self.use_bias = use_bias
        self.attention_axes = attention_axes
        self._size = output_shape

    def _prepare(self, query, value, key=None, **kwargs):
        self._make(query.shape[-1], value.shape[-1], (value if key is None else key).shape[-1])

    def _make(self, query, value, key):
        heads, size, wide = self.num_heads, self.key_dim, self.value_dim
        last = query if self._size is None else (self._size if isinstance(self._size, int) else self._size[-1])
        self.query_dense = _Projection((query, heads, size), (heads, size) if self.use_bias else None)
        self.key_dense = _Projection((key, heads, size), (heads, size) if self.use_bias else None)
        self.value_dense = _Projection((value, heads, wide), (heads, wide) if self.use_bias else None)
        self.output_dense = _Projection((heads, wide, last), (last,) if self.use_bias else None)

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False) -> Any:
        output = rules.like(query, query.shape[:-1] + (self.output_dense.kernel.shape[-1],))
        if not return_attention_scores:
            return output
        batch, length = query.shape[0], query.shape[1]
        return output, rules.like(query, (batch, self.num_heads, length, value.shape[1]))
