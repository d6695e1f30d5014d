"""Attention."""

import math
import re

import torch
import torch.nn.functional as F


@adapter("netwright.projection")
def projection(free, bound, made, sizes, use_bias, **kwargs):
    """A map of the last `bound` axes to `made` others."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    kept, summed, produced = letters[:free], letters[free:free + bound], letters[free + bound:free + bound + made]
    return EinsumDense(f"{kept}{summed},{summed}{produced}->{kept}{produced}", (None,) * (free - 1) + tuple(sizes),
                       bias_axes=produced if use_bias else None, **kwargs)


@adapter("netwright.attention_equations")
def attention_equations(rank, axes):
    """The equations of scores and of weighing values by them, and the rank of the scores."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    target = letters[:rank]
    batch = [i for i in range(rank - 1) if i not in axes]
    fresh = iter(letters[rank:])
    source = "".join(target[i] if i in batch or i == rank - 1 else next(fresh) for i in range(rank))
    product = "".join([target[i] for i in batch] + [target[i] for i in axes] + [source[i] for i in axes])
    return f"{source},{target}->{product}", f"{product},{source}->{target}", len(product)


@adapter("keras.layers.MultiHeadAttention")
class MultiHeadAttention(Layer):
    """Projections to heads, attention along an axis or several, and a projection back; the weights have Keras' layout [inputs, heads, size]."""

    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None,
                 **kwargs):
        super().__init__(**kwargs)
        self._num_heads = num_heads
        self._key_dim = key_dim
        self._value_dim = value_dim or key_dim
        self._dropout = dropout
        self._use_bias = use_bias
        self._use_gate = use_gate
        self._output_shape = (output_shape,) if isinstance(output_shape, int) else output_shape
        self._attention_axes = (attention_axes,) if isinstance(attention_axes, int) else attention_axes
        self._sliding_window = sliding_window
        self._flash_attention = False
        self._kernel_initializer = kernel_initializer
        self._bias_initializer = bias_initializer
        self._kernel_regularizer = self._bias_regularizer = self._activity_regularizer = None  # only training knows them
        self._kernel_constraint = self._bias_constraint = None
        self._inverse_sqrt_key_dim = 1.0 / math.sqrt(key_dim)
        self.supports_masking = True

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
        return {"kernel_initializer": self._kernel_initializer, "bias_initializer": self._bias_initializer, "dtype": self.dtype_policy}

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        heads = self._num_heads
        self._query_dense = projection(len(query_shape) - 1, 1, 2, (heads, self._key_dim), self._use_bias, name="query")
        self._key_dense = projection(len(key_shape) - 1, 1, 2, (heads, self._key_dim), self._use_bias, name="key")
        self._value_dense = projection(len(value_shape) - 1, 1, 2, (heads, self._value_dim), self._use_bias, name="value")
        self._query_dense.build(query_shape)
        self._key_dense.build(key_shape)
        self._value_dense.build(value_shape)
        if self._use_gate:
            self._gate_dense = projection(len(query_shape) - 1, 1, 2, (heads, self._value_dim), self._use_bias, activation="sigmoid", name="gate")
            self._gate_dense.build(query_shape)
        self._build_attention(len(value_shape) + 1)
        self._output_dense = self._make_output_dense(query_shape, {}, "attention_output")
        self._output_dense.build((*query_shape[:-1], heads, self._value_dim))
        self.built = True

    def _make_output_dense(self, query_shape, common_kwargs, name=None):
        last = self._output_shape or query_shape[-1:]
        return projection(len(query_shape) - 1, 2, len(last), last, self._use_bias, name=name, **common_kwargs)

    def _build_attention(self, rank):
        axes = tuple(range(1, rank - 2)) if self._attention_axes is None else self._attention_axes
        self._attention_axes = tuple([axis if axis >= 0 else rank - 1 + axis for axis in axes])
        self._dot_product_equation, self._combine_equation, scores = attention_equations(rank, self._attention_axes)
        self._softmax = Softmax(axis=tuple(range(scores - len(self._attention_axes), scores)))
        self._dropout_layer = Dropout(self._dropout)

    def _masked_softmax(self, attention_scores, attention_mask=None):
        return self._softmax(attention_scores, mask=self._with_heads(attention_mask, attention_scores.ndim))

    def _with_heads(self, mask, rank):
        """A mask with axes of size one for the heads and whatever else it lacks."""
        while mask is not None and mask.ndim < rank:
            mask = torch.unsqueeze(mask, -len(self._attention_axes) * 2 - 1)
        return mask

    def _compute_attention(self, query, key, value, attention_mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
        if self._dropout == 0.0 and not return_attention_scores and query.ndim == 4:
            if attention_mask is not None:
                attention_mask = self._with_heads(attention_mask, 4).to(torch.bool)
            return dot_product_attention(query, key, value, mask=attention_mask, scale=self._inverse_sqrt_key_dim, is_causal=use_causal_mask), None
        if use_causal_mask:
            causal = self._compute_causal_mask(query, value)
            attention_mask = causal if attention_mask is None else torch.logical_and(attention_mask.to(torch.bool), causal)
        source, target, product = re.split(",|->", self._dot_product_equation)
        scores = torch.einsum(f"{target},{source}->{product}", query * self._inverse_sqrt_key_dim, key)
        scores = self._masked_softmax(scores, attention_mask)
        final = self._dropout_layer(scores, training=training) if self._dropout > 0.0 else scores
        return torch.einsum(self._combine_equation, final, value), scores

    def _compute_attention_mask(self, query, value, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, use_causal_mask=False):
        """Which places of the value each place of the query sees; None: all of them."""
        found = None
        if query_mask is not None:
            found = torch.unsqueeze(query_mask.to(torch.bool), -1)
        for mask in (value_mask, key_mask):
            if mask is not None:
                mask = torch.unsqueeze(mask.to(torch.bool), -2)
                found = mask if found is None else found & mask
        if use_causal_mask:
            mask = self._compute_causal_mask(query, value)
            found = mask if found is None else found & mask
        if self._sliding_window is not None:
            mask = self._compute_sliding_window_mask(query, value)
            found = mask if found is None else found & mask
        if attention_mask is not None:
            attention_mask = attention_mask.to(torch.bool)
        if found is not None:
            attention_mask = found if attention_mask is None else attention_mask & found
        return attention_mask

    def _compute_causal_mask(self, query, value=None):
        ones = torch.ones((1, query.shape[1], query.shape[1] if value is None else value.shape[1]), dtype=torch.int32, device=query.device)
        return torch.cumsum(ones, -2, dtype=torch.int32) >= torch.cumsum(ones, -1, dtype=torch.int32)

    def _compute_sliding_window_mask(self, query, value=None):
        rows = torch.reshape(torch.arange(query.shape[1], device=query.device), (1, -1, 1))
        columns = torch.reshape(torch.arange(query.shape[1] if value is None else value.shape[1], device=query.device), (1, 1, -1))
        return torch.abs(rows - columns) < self._sliding_window

    def compute_mask(self, query, value, query_mask=None, value_mask=None, key=None, key_mask=None, **kwargs):
        return query_mask

    def compute_output_shape(self, query_shape, value_shape, key_shape=None):
        return (*query_shape[:-1], *(self._output_shape or query_shape[-1:]))

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False):
        key = value if key is None else key
        query_mask = mask_of(query)
        for x in (query, value, key):  # Keras takes the masks away: who comes next sees none
            if mask_of(x) is not None:
                x._keras_mask = None
        masks = (query_mask, value_mask, key_mask, attention_mask)
        plain = type(self)._compute_attention is MultiHeadAttention._compute_attention
        causal_only = use_causal_mask and plain and self._sliding_window is None and all(mask is None for mask in masks)
        if causal_only:
            attention_mask = None
        else:
            attention_mask = self._compute_attention_mask(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        gate = self._gate_dense(query) if self._use_gate else None
        causal = {"use_causal_mask": True} if causal_only else {}
        output, scores = self._compute_attention(self._query_dense(query), self._key_dense(key), self._value_dense(value), attention_mask, training,
                                                 return_attention_scores, **causal)
        output = self._output_dense(output if gate is None else output * gate)
        if query_mask is not None:
            output._keras_mask = query_mask
        return (output, scores) if return_attention_scores else output


@adapter("keras.layers.GroupedQueryAttention")
class GroupedQueryAttention(MultiHeadAttention):
    """Several heads of the query share one of key and value; the weights have Keras' layout."""

    def __init__(self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs):
        super().__init__(num_query_heads, head_dim, dropout=dropout, use_bias=use_bias, sliding_window=sliding_window, use_gate=use_gate, **kwargs)
        self.head_dim = head_dim
        self.num_query_heads = num_query_heads
        self.num_key_value_heads = num_key_value_heads

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        heads, few = (self.num_query_heads, self.head_dim), (self.num_key_value_heads, self.head_dim)
        self._query_dense = projection(2, 1, 2, heads, self._use_bias, name="query")
        self._key_dense = projection(2, 1, 2, few, self._use_bias, name="key")
        self._value_dense = projection(2, 1, 2, few, self._use_bias, name="value")
        self._query_dense.build(query_shape)
        self._key_dense.build(key_shape)
        self._value_dense.build(value_shape)
        if self._use_gate:
            self._gate_dense = projection(2, 1, 2, heads, self._use_bias, activation="sigmoid", name="gate")
            self._gate_dense.build(query_shape)
        self._output_dense = projection(2, 2, 1, query_shape[-1:], self._use_bias, name="attention_output")
        self._output_dense.build((*query_shape[:-1], *heads))
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False):
        key = value if key is None else key
        mask = self._compute_attention_mask(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        mask = mask if mask is None or mask.ndim == 4 else mask[:, None]
        gate = self._gate_dense(query) if self._use_gate else None
        times = self.num_query_heads // self.num_key_value_heads
        q = self._query_dense(query).transpose(1, 2)
        k = torch.repeat_interleave(self._key_dense(key), times, 2).transpose(1, 2)
        v = torch.repeat_interleave(self._value_dense(value), times, 2).transpose(1, 2)
        scores = torch.matmul(q * (1.0 / math.sqrt(self.head_dim)), k.transpose(-1, -2))
        if mask is not None:
            scores = torch.where(mask, scores, torch.full_like(scores, -1e9))
        scores = F.softmax(scores, -1)
        if mask is not None and (return_attention_scores or self._dropout):  # a place that sees nothing gets nothing
            scores = torch.where(mask, scores, torch.zeros_like(scores))
        output = torch.matmul(F.dropout(scores, self._dropout, bool(training)), v).transpose(1, 2)
        output = self._output_dense(output if gate is None else output * gate)
        return (output, scores) if return_attention_scores else output


@adapter("netwright.weigh")
def weigh(scores, value, mask, use_causal_mask, rate, training):
    """Values weighed by scores, and the weights: masks for query and value."""
    keep = None
    if len(mask) > 1 and mask[1] is not None:
        keep = mask[1].bool()[:, None, :]
    if use_causal_mask:
        causal = torch.ones(1, scores.shape[1], scores.shape[2], dtype=torch.bool, device=scores.device).tril()
        keep = causal if keep is None else keep & causal
    if keep is not None:
        scores = scores - 1.0e9 * torch.logical_not(keep).to(scores.dtype)
    weights = F.dropout(F.softmax(scores, -1), rate, bool(training))
    output = torch.matmul(weights, value)
    if len(mask) > 0 and mask[0] is not None:
        output = output * mask[0].to(output.dtype)[:, :, None]
    return output, weights


@adapter("keras.layers.Attention")
class Attention(Layer):
    """Attention by products, or by sums of tangents."""

    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.use_scale = use_scale
        self.score_mode = score_mode
        self.dropout = dropout

    def build(self, input_shape):
        self.scale = self.add_weight((), "ones") if self.use_scale else None
        self.concat_score_weight = self.add_weight((), "ones") if self.score_mode == "concat" else None
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        return None if previous_mask is None else previous_mask[0]

    def call(self, inputs, mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        if self.score_mode == "dot":
            scores = torch.matmul(query, key.transpose(-1, -2))
            scores = scores if self.scale is None else scores * self.scale
        else:
            total = query[:, :, None] + key[:, None]
            total = total if self.scale is None else self.scale * total
            scores = self.concat_score_weight * torch.sum(torch.tanh(total), -1)
        output, weights = weigh(scores, value, mask or [], use_causal_mask, self.dropout, training)
        return (output, weights) if return_attention_scores else output


@adapter("keras.layers.AdditiveAttention")
class AdditiveAttention(Layer):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.use_scale = use_scale
        self.dropout = dropout

    def build(self, input_shape):
        self.scale = self.add_weight((input_shape[0][-1],)) if self.use_scale else None
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        return None if previous_mask is None else previous_mask[0]

    def call(self, inputs, mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        total = torch.tanh(query[:, :, None] + key[:, None])
        scores = torch.sum(total if self.scale is None else self.scale * total, -1)
        output, weights = weigh(scores, value, mask or [], use_causal_mask, self.dropout, training)
        return (output, weights) if return_attention_scores else output
