"""Attention."""

import math

import torch
import torch.nn.functional as F


@adapter("netwright.Projection")
class Projection(Layer):
    """A linear map of the last axis to several axes; the weight is [inputs, ...]."""

    def __init__(self, shape, bias_shape, **kwargs):
        super().__init__(**kwargs)
        self.kernel = self.add_weight(shape)
        self.bias = None if bias_shape is None else self.add_weight(bias_shape, "zeros")
        self.built = True

    def call(self, inputs):
        x = F.linear(inputs, self.kernel.flatten(1).T, None if self.bias is None else self.bias.flatten())
        return torch.unflatten(x, -1, tuple(self.kernel.shape[1:]))


@adapter("keras.layers.MultiHeadAttention")
class MultiHeadAttention(Layer):
    """Projections to heads, attention along an axis or several, and a projection back; the weights have Keras' layout [inputs, heads, size]."""

    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None,
                 **kwargs):
        super().__init__(**kwargs)
        if use_gate or sliding_window is not None:
            raise NotImplementedError("Gates and windows of attention.")
        self.num_heads = num_heads
        self.key_dim = key_dim
        self.value_dim = value_dim or key_dim
        self.dropout = dropout
        self.use_bias = use_bias
        self.given_output_shape = (output_shape,) if isinstance(output_shape, int) else output_shape
        self.attention_axes = (attention_axes,) if isinstance(attention_axes, int) else attention_axes
        self.supports_masking = True

    def build(self, query_shape, value_shape, key_shape=None):
        key_shape = value_shape if key_shape is None else key_shape
        if self.attention_axes is None:
            self.attention_axes = tuple(range(1, len(query_shape) - 1))
        self.attention_axes = tuple([axis % len(query_shape) for axis in self.attention_axes])
        last = self.given_output_shape or query_shape[-1:]
        heads = self.num_heads
        bias = self.use_bias
        self.query_dense = Projection((query_shape[-1], heads, self.key_dim), (heads, self.key_dim) if bias else None)
        self.key_dense = Projection((key_shape[-1], heads, self.key_dim), (heads, self.key_dim) if bias else None)
        self.value_dense = Projection((value_shape[-1], heads, self.value_dim), (heads, self.value_dim) if bias else None)
        self.output_dense = Projection((heads, self.value_dim, *last), last if bias else None)
        self.built = True

    def compute_mask(self, query, value, query_mask=None, value_mask=None, key=None, key_mask=None, **kwargs):
        return query_mask

    def visible(self, query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask):
        """Which places of the value each place of the query sees: [samples, heads, query, value]; None: all of them."""
        found = [] if attention_mask is None else [attention_mask.bool()]
        if query_mask is not None:
            found.append(query_mask.bool()[:, :, None])
        if value_mask is not None:
            found.append(value_mask.bool()[:, None, :])
        if key_mask is not None:
            found.append(key_mask.bool()[:, None, :])
        if use_causal_mask:
            found.append(torch.ones(1, query.shape[1], value.shape[1], dtype=torch.bool, device=query.device).tril())
        mask = None
        for one in found:
            mask = one if mask is None else mask & one
        return mask if mask is None or mask.ndim == 4 else mask[:, None]

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False):
        key = value if key is None else key
        query_mask = mask_of(query)
        for x in (query, value, key):  # Keras takes the masks away: who comes next sees none
            if mask_of(x) is not None:
                x._keras_mask = None
        mask = self.visible(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        found_masks = any(one is not None for one in (query_mask, value_mask, key_mask, attention_mask))
        q = self.query_dense(query)
        k = self.key_dense(key)
        v = self.value_dense(value)
        axes = self.attention_axes
        others = [axis for axis in range(1, query.ndim - 1) if axis not in axes]
        order = (0, *others, q.ndim - 2, *axes, q.ndim - 1)
        q, k, v = [torch.permute(x, order) for x in (q, k, v)]
        first = 2 + len(others)
        lengths = q.shape[first:-1]
        seen = k.shape[first:-1]
        q, k, v = [torch.flatten(x, first, -2) for x in (q, k, v)]
        if return_attention_scores or self.dropout:
            scores = torch.matmul(q * (1.0 / math.sqrt(self.key_dim)), k.transpose(-1, -2))
            if mask is not None:
                scores = torch.where(mask, scores, torch.full_like(scores, -1e9))
            scores = F.softmax(scores, -1)
            if mask is not None:  # a place that sees nothing gets nothing
                scores = torch.where(mask, scores, torch.zeros_like(scores))
            output = torch.matmul(F.dropout(scores, self.dropout, bool(training)), v)
        else:
            if found_masks:  # a place that sees nothing sees everything alike
                mask = torch.where(mask, 0.0, -2.4e38).to(q.dtype)
            output = F.scaled_dot_product_attention(q, k, v, mask, self.dropout if training else 0.0)
        output = torch.unflatten(output, -2, tuple(lengths))
        output = torch.permute(output, [order.index(axis) for axis in range(len(order))])
        count = self.num_heads * self.value_dim
        kernel = torch.reshape(self.output_dense.kernel, (count, -1))
        output = F.linear(torch.flatten(output, -2), kernel.T, None if self.output_dense.bias is None else self.output_dense.bias.flatten())
        if self.output_dense.kernel.ndim > 3:
            output = torch.unflatten(output, -1, tuple(self.output_dense.kernel.shape[2:]))
        if query_mask is not None:
            output._keras_mask = query_mask
        if not return_attention_scores:
            return output
        return output, torch.unflatten(torch.unflatten(scores, -1, tuple(seen)), first, tuple(lengths))


@adapter("keras.layers.GroupedQueryAttention")
class GroupedQueryAttention(MultiHeadAttention):
    """Several heads of the query share one of key and value; the weights have Keras' layout."""

    def __init__(self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None,
                 flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None, **kwargs):
        super().__init__(num_query_heads, head_dim, dropout=dropout, use_bias=use_bias, sliding_window=sliding_window, use_gate=use_gate, **kwargs)
        self.head_dim = head_dim
        self.num_key_value_heads = num_key_value_heads

    def build(self, query_shape, value_shape, key_shape=None):
        shape = (self.num_heads, self.head_dim)
        few = (self.num_key_value_heads, self.head_dim)
        key_shape = value_shape if key_shape is None else key_shape
        self.query_dense = Projection((query_shape[-1], *shape), shape if self.use_bias else None)
        self.key_dense = Projection((key_shape[-1], *few), few if self.use_bias else None)
        self.value_dense = Projection((value_shape[-1], *few), few if self.use_bias else None)
        self.output_dense = Projection((*shape, query_shape[-1]), query_shape[-1:] if self.use_bias else None)
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def call(self, query, value, key=None, query_mask=None, value_mask=None, key_mask=None, attention_mask=None, return_attention_scores=False,
             training=None, use_causal_mask=False):
        key = value if key is None else key
        mask = self.visible(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        times = self.num_heads // self.num_key_value_heads
        q = self.query_dense(query).transpose(1, 2)
        k = torch.repeat_interleave(self.key_dense(key), times, 2).transpose(1, 2)
        v = torch.repeat_interleave(self.value_dense(value), times, 2).transpose(1, 2)
        scores = torch.matmul(q * (1.0 / math.sqrt(self.head_dim)), k.transpose(-1, -2))
        if mask is not None:
            scores = torch.where(mask, scores, torch.full_like(scores, -1e9))
        scores = F.softmax(scores, -1)
        if mask is not None and (return_attention_scores or self.dropout):  # a place that sees nothing gets nothing
            scores = torch.where(mask, scores, torch.zeros_like(scores))
        output = torch.matmul(F.dropout(scores, self.dropout, bool(training)), v).transpose(1, 2)
        output = torch.einsum("bquh,uhm->bqm", output, self.output_dense.kernel)
        output = output if self.output_dense.bias is None else output + self.output_dense.bias
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
