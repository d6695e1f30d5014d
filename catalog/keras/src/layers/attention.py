"""Attention layers: their projections are layers of their own."""
from __future__ import annotations

import _nw
from _nw import check, layer
from keras.src import constraints, initializers, regularizers, rules
from keras.src.layers.activation import Softmax
from keras.src.layers.core import EinsumDense
from keras.src.layers.layer import Layer
from keras.src.layers.regularization import Dropout

__public__ = "keras.layers"

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _projection(free, bound, produced):
    """The equation of a projection: `free` axes stay, `bound` ones are summed over, `produced` ones come out."""
    count = free + bound
    left = _LETTERS[:count]
    weight = _LETTERS[free:count] + _LETTERS[count:count + produced]
    out = _LETTERS[:free] + _LETTERS[count:count + produced]
    return left + "," + weight + "->" + out, _LETTERS[count:count + produced], len(out)


@layer(pivot="multi_head_attention(query[n, l, e], key=value[n, s, e] if key is None else key[n, s, e], value=value[n, s, e], heads=num_heads, query_kernel=query_dense.kernel[e, h, d], key_kernel=key_dense.kernel[e, h, d], value_kernel=value_dense.kernel[e, h, d], output_kernel=output_dense.kernel[h, d, e], query_bias=query_dense.bias[h, d], key_bias=key_dense.bias[h, d], value_bias=value_dense.bias[h, d], output_bias=output_dense.bias[e], mask=attention_mask, causal=use_causal_mask, rate=dropout, training=training, weights='each' if return_attention_scores else 'none') if query.ndim == 3 and attention_mask is None and query_mask is None and value_mask is None and key_mask is None and not use_gate and sliding_window is None and not (use_causal_mask and (return_attention_scores or dropout > 0)) else None")
class MultiHeadAttention(Layer):
    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs):
        check(num_heads > 0, "Received an invalid value for argument `num_heads`, expected a positive integer.", ValueError)
        check(key_dim > 0, "Received an invalid value for argument `key_dim`, expected a positive integer.", ValueError)
        super().__init__(**kwargs)
        self.supports_masking = True
        self.num_heads = num_heads
        self.key_dim = key_dim
        self.value_dim = value_dim if value_dim else key_dim
        self.dropout = dropout
        self.use_bias = use_bias
        self.use_gate = use_gate
        self.sliding_window = sliding_window
        self._output_shape = None if not output_shape else (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self._attention_axes = (attention_axes,) if isinstance(attention_axes, int) else attention_axes
        self.seed = seed

    @property
    def attention_axes(self):
        return self._attention_axes

    def _nw_projection(self, shape, size, name):
        equation, bias_axes, rank = _projection(len(shape) - 1, 1, 2)
        made = EinsumDense(equation, output_shape=(None,) * (rank - 3) + (self.num_heads, size), bias_axes=bias_axes if self.use_bias else None, name=name,
                           dtype=self.dtype_policy)
        return made

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        if value_shape[1:-1] != key_shape[1:-1]:
            raise ValueError("All dimensions of `value` and `key`, except the last one, must be equal.")
        self.query_dense = self._nw_projection(query_shape, self.key_dim, "query")
        self.query_dense.build(query_shape)
        self.key_dense = self._nw_projection(key_shape, self.key_dim, "key")
        self.key_dense.build(key_shape)
        if self.use_gate:
            self._gate_dense = self._nw_projection(query_shape, self.value_dim, "gate")
            self._gate_dense.build(query_shape)
        self.value_dense = self._nw_projection(value_shape, self.value_dim, "value")
        self.value_dense.build(value_shape)
        rank = len(query_shape) + 1
        if self._attention_axes is None:
            self._attention_axes = tuple(range(1, rank - 2))
        else:
            self._attention_axes = tuple([axis if axis >= 0 else rank - 1 + axis for axis in self._attention_axes])
        self._softmax = Softmax(axis=tuple(range(-len(self._attention_axes), 0)), dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self.dtype_policy, seed=self.seed)
        last = self._output_shape if self._output_shape else (query_shape[-1],)
        equation, bias_axes, out = _projection(len(query_shape) - 1, 2, len(last))
        self.output_dense = EinsumDense(equation, output_shape=(None,) * (out - 1 - len(last)) + tuple(last), bias_axes=bias_axes if self.use_bias else None,
                                         name="attention_output", dtype=self.dtype_policy)
        self.output_dense.build(tuple(query_shape[:-1]) + (self.num_heads, self.value_dim))

    def compute_mask(self, query, value, query_mask=None, value_mask=None, key=None, key_mask=None, attention_mask=None, return_attention_scores=False,
                     training=None, use_causal_mask=False):
        return query_mask

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False) -> Any:
        key = value if key is None else key
        check(query.shape[-1] == self.query_dense.kernel.shape[0], "The query does not have the size of the kernel.", ValueError)
        last = tuple(self.output_dense.kernel.shape[2:])
        output = rules.like(query, tuple(query.shape[:-1]) + last)
        mask = getattr(query, "_keras_mask", None)
        for x in (query, value, key):  # Keras takes them away: who comes next sees none
            if getattr(x, "_keras_mask", None) is not None:
                x._keras_mask = None
        if mask is not None:
            output._keras_mask = mask
        if not return_attention_scores:
            return output
        return output, rules.like(query, (query.shape[0], self.num_heads) + tuple(query.shape[1:-1]) + tuple(key.shape[1:-1]))


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
        self.query_dense = self._nw_projection(self.num_query_heads, "query")
        self.query_dense.build(query_shape)
        self.key_dense = self._nw_projection(self.num_key_value_heads, "key")
        self.key_dense.build(key_shape)
        if self.use_gate:
            self._gate_dense = self._nw_projection(self.num_query_heads, "gate")
            self._gate_dense.build(query_shape)
        self.value_dense = self._nw_projection(self.num_key_value_heads, "value")
        self.value_dense.build(value_shape)
        self._softmax = Softmax(axis=-1, dtype=self.dtype_policy)
        self._dropout_layer = Dropout(rate=self.dropout, dtype=self.dtype_policy, seed=self.seed)
        self.output_dense = EinsumDense("bquh,uhm->bqm", output_shape=(None, self.feature_dim), bias_axes="m" if self.use_bias else None,
                                         name="attention_output", dtype=self.dtype_policy)
        self.output_dense.build((query_shape[0], query_shape[1], self.num_query_heads, self.head_dim))

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
