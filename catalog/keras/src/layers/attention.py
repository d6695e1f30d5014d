"""Attention layers: their projections are layers of their own."""
from __future__ import annotations

import _nw
from _nw import check, layer
from keras.src import constraints, initializers, regularizers, rules
from keras.src.layers.activation import Softmax
from keras.src.layers.core import EinsumDense
from keras.src.layers.layer import Layer
from keras.src.layers.regularization import Dropout
from keras.src.ops import core as kcore
from keras.src.ops import nn as knn
from keras.src.ops import numpy as knumpy

__public__ = "keras.layers"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _projection(free, bound, produced):
    """The equation of a projection: `free` axes stay, `bound` ones are summed over, `produced` ones come out."""
    count = free + bound
    left = _LETTERS[:count]
    weight = _LETTERS[free:count] + _LETTERS[count:count + produced]
    out = _LETTERS[:free] + _LETTERS[count:count + produced]
    return left + "," + weight + "->" + out, _LETTERS[count:count + produced], len(out)


def _attention_equations(rank, axes):
    """The equations of scores and of weighing, and the rank of the scores."""
    target = _LETTERS[:rank]
    batch = tuple([i for i in range(rank) if i not in axes and i != rank - 1])
    count = rank
    source = ""
    for i in range(rank):
        if i in batch or i == rank - 1:
            source = source + target[i]
        else:
            source = source + _LETTERS[count]
            count = count + 1
    product = "".join([target[i] for i in batch] + [target[i] for i in axes] + [source[i] for i in axes])
    return source + "," + target + "->" + product, product + "," + source + "->" + target, len(product)


@layer(pivot="multi_head_attention(query[n, l, e], key=value[n, s, e] if key is None else key[n, s, e], value=value[n, s, e], heads=_num_heads, query_kernel=_query_dense.kernel[e, h, d], key_kernel=_key_dense.kernel[e, h, d], value_kernel=_value_dense.kernel[e, h, d], output_kernel=_output_dense.kernel[h, d, e], query_bias=_query_dense.bias[h, d], key_bias=_key_dense.bias[h, d], value_bias=_value_dense.bias[h, d], output_bias=_output_dense.bias[e], mask=attention_mask, causal=use_causal_mask, rate=_dropout, training=training, weights='each' if return_attention_scores else 'none') if query.ndim == 3 and attention_mask is None and query_mask is None and value_mask is None and key_mask is None and not _use_gate and _sliding_window is None and not (use_causal_mask and (return_attention_scores or _dropout > 0)) else None")
class MultiHeadAttention(Layer):
    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs):
        check(num_heads > 0, "Received an invalid value for argument `num_heads`, expected a positive integer.", ValueError)
        check(key_dim > 0, "Received an invalid value for argument `key_dim`, expected a positive integer.", ValueError)
        super().__init__(**kwargs)
        self.supports_masking = True
        self._num_heads = num_heads
        self._key_dim = key_dim
        self._value_dim = value_dim if value_dim else key_dim
        self._dropout = dropout
        self._use_bias = use_bias
        self._use_gate = use_gate
        self._sliding_window = sliding_window
        self._flash_attention = flash_attention or False
        self._output_shape = None if not output_shape else (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self._attention_axes = (attention_axes,) if isinstance(attention_axes, int) else attention_axes
        self._kernel_initializer = initializers.get(kernel_initializer)
        self._bias_initializer = initializers.get(bias_initializer)
        self._kernel_regularizer = regularizers.get(kernel_regularizer)
        self._bias_regularizer = regularizers.get(bias_regularizer)
        self._activity_regularizer = regularizers.get(activity_regularizer)
        self._kernel_constraint = constraints.get(kernel_constraint)
        self._bias_constraint = constraints.get(bias_constraint)
        self._inverse_sqrt_key_dim = 1.0 / _nw.math("sqrt", float(key_dim))
        self.seed = seed

    @property
    def num_heads(self):
        return self._num_heads

    @property
    def key_dim(self):
        return self._key_dim

    @property
    def value_dim(self):
        return self._value_dim

    @property
    def dropout(self):
        return self._dropout

    @property
    def use_bias(self):
        return self._use_bias

    @property
    def attention_axes(self):
        return self._attention_axes

    @property
    def query_dense(self):
        return self._query_dense

    @property
    def key_dense(self):
        return self._key_dense

    @property
    def value_dense(self):
        return self._value_dense

    @property
    def output_dense(self):
        return self._output_dense

    def _get_common_kwargs_for_sublayer(self):
        return dict(kernel_regularizer=self._kernel_regularizer, bias_regularizer=self._bias_regularizer,
                    activity_regularizer=self._activity_regularizer, kernel_constraint=self._kernel_constraint, bias_constraint=self._bias_constraint,
                    dtype=self.dtype_policy, kernel_initializer=self._kernel_initializer, bias_initializer=self._bias_initializer)

    def _nw_projection(self, shape, size, name, activation=None):
        equation, bias_axes, rank = _projection(len(shape) - 1, 1, 2)
        made = EinsumDense(equation, output_shape=(None,) * (rank - 3) + (self._num_heads, size), activation=activation,
                           bias_axes=bias_axes if self._use_bias else None, name=name, dtype=self.dtype_policy)
        return made

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        if value_shape[1:-1] != key_shape[1:-1]:
            raise ValueError("All dimensions of `value` and `key`, except the last one, must be equal.")
        self._query_dense = self._nw_projection(query_shape, self._key_dim, "query")
        self._query_dense.build(query_shape)
        self._key_dense = self._nw_projection(key_shape, self._key_dim, "key")
        self._key_dense.build(key_shape)
        if self._use_gate:
            self._gate_dense = self._nw_projection(query_shape, self._value_dim, "gate", "sigmoid")
            self._gate_dense.build(query_shape)
        self._value_dense = self._nw_projection(value_shape, self._value_dim, "value")
        self._value_dense.build(value_shape)
        self._build_attention(len(value_shape) + 1)
        self._output_dense = self._make_output_dense(query_shape, {"dtype": self.dtype_policy}, "attention_output")
        self._output_dense.build(tuple(query_shape[:-1]) + (self._num_heads, self._value_dim))

    def _make_output_dense(self, query_shape, common_kwargs, name=None):
        last = self._output_shape if self._output_shape else (query_shape[-1],)
        equation, bias_axes, out = _projection(len(query_shape) - 1, 2, len(last))
        return EinsumDense(equation, output_shape=(None,) * (out - 1 - len(last)) + tuple(last), bias_axes=bias_axes if self._use_bias else None,
                           name=name, **common_kwargs)

    def _build_attention(self, rank):
        if self._attention_axes is None:
            self._attention_axes = tuple(range(1, rank - 2))
        else:
            self._attention_axes = tuple([axis if axis >= 0 else rank - 1 + axis for axis in self._attention_axes])
        self._dot_product_equation, self._combine_equation, scores_rank = _attention_equations(rank, self._attention_axes)
        self._softmax = Softmax(axis=tuple(range(scores_rank - len(self._attention_axes), scores_rank)), dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self._dropout, dtype=self.dtype_policy, seed=self.seed)

    def _masked_softmax(self, attention_scores, attention_mask=None):
        if attention_mask is not None:
            for _ in range(len(attention_scores.shape) - len(attention_mask.shape)):
                attention_mask = knumpy.expand_dims(attention_mask, axis=-len(self._attention_axes) * 2 - 1)
        return self._softmax(attention_scores, mask=attention_mask)

    def _compute_attention(self, query, key, value, attention_mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
        if not (self._dropout > 0.0 or return_attention_scores or len(query.shape) != 4):
            if use_causal_mask and attention_mask is None:
                return knn.dot_product_attention(query, key, value, scale=self._inverse_sqrt_key_dim, is_causal=True), None
            if attention_mask is not None:
                for _ in range(4 - len(attention_mask.shape)):
                    attention_mask = knumpy.expand_dims(attention_mask, axis=-len(self._attention_axes) * 2 - 1)
                attention_mask = kcore.cast(attention_mask, "bool")
            return knn.dot_product_attention(query, key, value, mask=attention_mask, scale=self._inverse_sqrt_key_dim, is_causal=use_causal_mask), None
        if use_causal_mask:
            causal = self._compute_causal_mask(query, value)
            attention_mask = causal if attention_mask is None else knumpy.logical_and(kcore.cast(attention_mask, "bool"), causal)
        query = knumpy.multiply(query, kcore.cast(self._inverse_sqrt_key_dim, query.dtype))
        source, rest = self._dot_product_equation.split(",")
        target, product = rest.split("->")
        scores = self._masked_softmax(knumpy.einsum(target + "," + source + "->" + product, query, key), attention_mask)
        final = self._dropout_layer(scores, training=training) if self._dropout > 0.0 else scores
        return knumpy.einsum(self._combine_equation, final, value), scores

    def _compute_attention_mask(self, query, value, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, use_causal_mask=False):
        found = None
        if query_mask is not None:
            found = knumpy.expand_dims(kcore.cast(query_mask, "bool"), -1)
        if value_mask is not None:
            mask = knumpy.expand_dims(kcore.cast(value_mask, "bool"), -2)
            found = mask if found is None else found & mask
        if key_mask is not None:
            mask = knumpy.expand_dims(kcore.cast(key_mask, "bool"), -2)
            found = mask if found is None else found & mask
        if use_causal_mask:
            mask = self._compute_causal_mask(query, value)
            found = mask if found is None else found & mask
        if self._sliding_window is not None:
            mask = self._compute_sliding_window_mask(query, value)
            found = mask if found is None else found & mask
        if attention_mask is not None:
            attention_mask = kcore.cast(attention_mask, "bool")
        if found is not None:
            attention_mask = found if attention_mask is None else attention_mask & found
        return attention_mask

    def _compute_causal_mask(self, query, value=None):
        queries = kcore.shape(query)[1]
        values = queries if value is None else kcore.shape(value)[1]
        ones = knumpy.ones((1, queries, values), dtype="int32")
        return knumpy.greater_equal(knumpy.cumsum(ones, axis=-2), knumpy.cumsum(ones, axis=-1))

    def _compute_sliding_window_mask(self, query, value=None):
        queries = kcore.shape(query)[1]
        values = queries if value is None else kcore.shape(value)[1]
        rows = knumpy.reshape(knumpy.arange(queries, dtype="int32"), (1, queries, 1))
        columns = knumpy.reshape(knumpy.arange(values, dtype="int32"), (1, 1, values))
        return knumpy.less(knumpy.absolute(rows - columns), self._sliding_window)

    def compute_mask(self, query, value, query_mask=None, value_mask=None, key=None, key_mask=None, attention_mask=None, return_attention_scores=False,
                     training=None, use_causal_mask=False):
        return query_mask

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return tuple(query_shape[:-1]) + (self._output_shape if self._output_shape else (query_shape[-1],))

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False) -> Any:
        key = value if key is None else key
        check(query.shape[-1] == self._query_dense.kernel.shape[0], "The query does not have the size of the kernel.", ValueError)
        last = tuple(self._output_dense.kernel.shape[2:])
        output = rules.like(query, tuple(query.shape[:-1]) + last)
        mask = getattr(query, "_keras_mask", None)
        for x in (query, value, key):  # Keras takes them away: who comes next sees none
            if getattr(x, "_keras_mask", None) is not None:
                x._keras_mask = None
        if mask is not None:
            output._keras_mask = mask
        if not return_attention_scores:
            return output
        return output, rules.like(query, (query.shape[0], self._num_heads) + tuple(query.shape[1:-1]) + tuple(key.shape[1:-1]))


@layer
class GroupedQueryAttention(Layer):
    def __init__(self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None, flash_attention=None, kernel_initializer="glorot_uniform",
                 bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
                 bias_constraint=None, use_gate=False, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.head_dim = head_dim
        self.num_query_heads = num_query_heads
        self.num_key_value_heads = num_key_value_heads
        check(num_query_heads % num_key_value_heads == 0, "`num_query_heads` must be divisible by `num_key_value_heads`.", ValueError)
        self.dropout = dropout
        self.use_bias = use_bias
        self.use_gate = use_gate
        self.seed = seed

    def _nw_projection(self, heads, name):
        return EinsumDense("bqm,muh->bquh", output_shape=(None, heads, self.head_dim), bias_axes="uh" if self.use_bias else None, name=name,
                           dtype=self.dtype_policy)

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        self.feature_dim = query_shape[-1]
        self._query_dense = self._nw_projection(self.num_query_heads, "query")
        self._query_dense.build(query_shape)
        self._key_dense = self._nw_projection(self.num_key_value_heads, "key")
        self._key_dense.build(key_shape)
        if self.use_gate:
            self._gate_dense = self._nw_projection(self.num_query_heads, "gate")
            self._gate_dense.build(query_shape)
        self._value_dense = self._nw_projection(self.num_key_value_heads, "value")
        self._value_dense.build(value_shape)
        self._softmax = Softmax(axis=-1, dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self.dtype_policy, seed=self.seed)
        self._output_dense = EinsumDense("bquh,uhm->bqm", output_shape=(None, self.feature_dim), bias_axes="m" if self.use_bias else None,
                                         name="attention_output", dtype=self.dtype_policy)
        self._output_dense.build((query_shape[0], query_shape[1], self.num_query_heads, self.head_dim))

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False) -> Any:
        output = rules.like(query)
        if not return_attention_scores:
            return output
        return output, rules.like(query, (query.shape[0], self.num_query_heads, query.shape[1], value.shape[1]))


class _Scored(Layer):
    def _nw_attend(self, inputs, return_attention_scores):
        if not isinstance(inputs, list):
            raise ValueError("The layer must be called on a list of inputs.")
        if len(inputs) < 2 or len(inputs) > 3:
            raise ValueError("The layer accepts inputs list of length 2 or 3.")
        query, value = inputs[0], inputs[1]
        made = rules.like(query, tuple(query.shape[:-1]) + (value.shape[-1],))
        if not return_attention_scores:
            return made
        return made, rules.like(query, tuple(query.shape[:-1]) + (value.shape[-2],))


@layer(pivot="attention(inputs[0], key=inputs[1] if len(inputs) == 2 else inputs[2], value=inputs[1], mask=None, bias=None, causal=use_causal_mask, scale=1.0, rate=dropout, training=training) if score_mode == 'dot' and not use_scale and mask is None and not return_attention_scores else None")
class Attention(_Scored):
    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.use_scale = use_scale
        self.score_mode = score_mode
        self.dropout = dropout
        if dropout > 0:
            from keras.src.random import SeedGenerator
            self.seed_generator = SeedGenerator(seed=seed)
        if score_mode not in ("dot", "concat"):
            raise ValueError("Invalid value for argument score_mode.")
        self.scale = None
        self.concat_score_weight = None
        self.supports_masking = True

    def build(self, input_shape):
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        if self.score_mode == "concat":
            self.concat_score_weight = self.add_weight(name="concat_score_weight", shape=(), initializer="ones")

    def compute_mask(self, inputs, mask=None):
        return mask[0] if mask else None

    def call(self, inputs, mask=None, return_attention_scores=False, training=False, use_causal_mask=False) -> Any:
        return self._nw_attend(inputs, return_attention_scores)


@layer
class AdditiveAttention(Attention):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(use_scale=use_scale, dropout=dropout, **kwargs)

    def build(self, input_shape):
        if self.use_scale:
            self.scale = self.add_weight(name="scale", shape=[input_shape[0][-1]], initializer="glorot_uniform")

    def call(self, inputs, mask=None, return_attention_scores=False, training=False, use_causal_mask=False) -> Any:
        return self._nw_attend(inputs, return_attention_scores)
