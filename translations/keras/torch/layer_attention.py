"""Attention."""

import math

import torch
import torch.nn.functional as F


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
        self.query_kernel = self.add_weight((query_shape[-1], heads, self.key_dim))
        self.query_bias = self.add_weight((heads, self.key_dim), "zeros") if self.use_bias else None
        self.key_kernel = self.add_weight((key_shape[-1], heads, self.key_dim))
        self.key_bias = self.add_weight((heads, self.key_dim), "zeros") if self.use_bias else None
        self.value_kernel = self.add_weight((value_shape[-1], heads, self.value_dim))
        self.value_bias = self.add_weight((heads, self.value_dim), "zeros") if self.use_bias else None
        self.output_kernel = self.add_weight((heads, self.value_dim, *last))
        self.output_bias = self.add_weight(last, "zeros") if self.use_bias else None
        self.built = True

    def project(self, x, kernel, bias):
        x = F.linear(x, kernel.flatten(1).T, None if bias is None else bias.flatten())
        return torch.unflatten(x, -1, tuple(kernel.shape[1:]))

    def mask_of(self, query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask):
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
        mask = self.mask_of(query, value, query_mask, value_mask, key_mask, attention_mask, use_causal_mask)
        found_masks = any(one is not None for one in (query_mask, value_mask, key_mask, attention_mask))
        q = self.project(query, self.query_kernel, self.query_bias)
        k = self.project(key, self.key_kernel, self.key_bias)
        v = self.project(value, self.value_kernel, self.value_bias)
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
                scores = scores + (1.0 - mask.to(scores.dtype)) * -3e38
            scores = F.softmax(scores, -1)
            output = torch.matmul(F.dropout(scores, self.dropout, bool(training)), v)
        else:
            if found_masks:  # a place that sees nothing sees everything alike
                mask = torch.where(mask, 0.0, -2.4e38).to(q.dtype)
            output = F.scaled_dot_product_attention(q, k, v, mask, self.dropout if training else 0.0)
        output = torch.unflatten(output, -2, tuple(lengths))
        output = torch.permute(output, [order.index(axis) for axis in range(len(order))])
        count = self.num_heads * self.value_dim
        kernel = torch.reshape(self.output_kernel, (count, -1))
        output = F.linear(torch.flatten(output, -2), kernel.T, None if self.output_bias is None else self.output_bias.flatten())
        if self.output_kernel.ndim > 3:
            output = torch.unflatten(output, -1, tuple(self.output_kernel.shape[2:]))
        if not return_attention_scores:
            return output
        return output, torch.unflatten(torch.unflatten(scores, -1, tuple(seen)), first, tuple(lengths))


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
        self.use_scale = use_scale
        self.score_mode = score_mode
        self.dropout = dropout

    def build(self, input_shape):
        self.scale = self.add_weight((), "ones") if self.use_scale else None
        self.concat_score_weight = self.add_weight((), "ones") if self.score_mode == "concat" else None
        self.built = True

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
        self.use_scale = use_scale
        self.dropout = dropout

    def build(self, input_shape):
        self.scale = self.add_weight((input_shape[0][-1],)) if self.use_scale else None
        self.built = True

    def call(self, inputs, mask=None, training=None, return_attention_scores=False, use_causal_mask=False):
        query, value = inputs[0], inputs[1]
        key = inputs[2] if len(inputs) > 2 else value
        total = torch.tanh(query[:, :, None] + key[:, None])
        scores = torch.sum(total if self.scale is None else self.scale * total, -1)
        output, weights = weigh(scores, value, mask or [], use_causal_mask, self.dropout, training)
        return (output, weights) if return_attention_scores else output
