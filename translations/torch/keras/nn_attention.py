"""Attention and transformer layers: masks in the source's sense (True and -inf are blocked), batch second unless batch_first."""

import functools
import math

import keras
from keras import layers, ops


@adapter("helper.masked_scores")
def masked_scores(scores, num_heads, key_padding_mask, attn_mask, added):
    """Scores with what is blocked at -inf; numbers in a mask are added. `added` keys behind the others are never blocked."""
    masks = []
    if attn_mask is not None:
        if len(attn_mask.shape) == 3:
            attn_mask = ops.reshape(attn_mask, (-1, num_heads, *ops.shape(attn_mask)[1:]))
        masks.append(attn_mask)
    if key_padding_mask is not None:
        masks.append(key_padding_mask[:, None, None])
    if added:
        masks = [ops.pad(mask, [(0, 0)] * (len(mask.shape) - 1) + [(0, added)]) for mask in masks]
    allowed = [ops.logical_not(mask) for mask in masks if mask.dtype == "bool"]
    for mask in masks:
        if mask.dtype != "bool":
            scores = scores + mask
    if allowed:
        scores = ops.where(functools.reduce(ops.logical_and, allowed), scores, -math.inf)
    return scores


@adapter("torch.nn.MultiheadAttention")
class MultiheadAttention(layers.Layer):
    """Attention with several heads; gives the output and, if asked for, the attention weights."""

    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None):
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.head_dim = embed_dim // num_heads
        self.batch_first = batch_first
        self.add_zero_attn = add_zero_attn
        self.dropout = dropout
        self.attention_dropout = layers.Dropout(dropout)
        self.in_proj_weight = self.q_proj_weight = self.k_proj_weight = self.v_proj_weight = None
        self.in_proj_bias = self.bias_k = self.bias_v = None
        if self._qkv_same_embed_dim:
            self.in_proj_weight = self.add_weight(shape=(3 * embed_dim, embed_dim), name="in_proj_weight")
        else:
            self.q_proj_weight = self.add_weight(shape=(embed_dim, embed_dim), name="q_proj_weight")
            self.k_proj_weight = self.add_weight(shape=(embed_dim, self.kdim), name="k_proj_weight")
            self.v_proj_weight = self.add_weight(shape=(embed_dim, self.vdim), name="v_proj_weight")
        if bias:
            self.in_proj_bias = self.add_weight(shape=(3 * embed_dim,), initializer="zeros", name="in_proj_bias")
        if add_bias_kv:
            self.bias_k = self.add_weight(shape=(1, 1, embed_dim), name="bias_k")
            self.bias_v = self.add_weight(shape=(1, 1, embed_dim), name="bias_v")
        self.out_proj = Linear(embed_dim, embed_dim, bias=bias)

    def call(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False, training=None):
        batched = len(query.shape) == 3
        if not batched:
            query, key, value = [ops.expand_dims(x, 0) for x in (query, key, value)]
            key_padding_mask = None if key_padding_mask is None else ops.expand_dims(key_padding_mask, 0)
        elif not self.batch_first:
            query, key, value = [ops.swapaxes(x, 0, 1) for x in (query, key, value)]
        query, key, value = self.project(query, key, value)
        added = 0
        if self.bias_k is not None:
            batch = ops.shape(key)[0]
            key = ops.concatenate([key, ops.repeat(self.bias_k, batch, axis=0)], axis=1)
            value = ops.concatenate([value, ops.repeat(self.bias_v, batch, axis=0)], axis=1)
            added += 1
        if self.add_zero_attn:
            key = ops.concatenate([key, ops.zeros_like(key[:, :1])], axis=1)
            value = ops.concatenate([value, ops.zeros_like(value[:, :1])], axis=1)
            added += 1
        query, key, value = [self.split_heads(x) for x in (query, key, value)]
        scores = ops.matmul(query / math.sqrt(self.head_dim), ops.swapaxes(key, -2, -1))
        scores = masked_scores(scores, self.num_heads, key_padding_mask, attn_mask, added)
        weights = self.attention_dropout(ops.softmax(scores, axis=-1), training=training)
        output = ops.swapaxes(ops.matmul(weights, value), 1, 2)
        output = self.out_proj(ops.reshape(output, (*ops.shape(output)[:2], self.embed_dim)))
        weights = ops.mean(weights, axis=1) if average_attn_weights else weights
        if not batched:
            output, weights = ops.squeeze(output, 0), ops.squeeze(weights, 0)
        elif not self.batch_first:
            output = ops.swapaxes(output, 0, 1)
        return output, weights if need_weights else None

    def project(self, query, key, value):
        if self.in_proj_weight is not None:
            weights = ops.split(self.in_proj_weight, 3, axis=0)
        else:
            weights = self.q_proj_weight, self.k_proj_weight, self.v_proj_weight
        projected = [ops.matmul(x, ops.transpose(weight)) for x, weight in zip((query, key, value), weights)]
        if self.in_proj_bias is not None:
            projected = [x + bias for x, bias in zip(projected, ops.split(self.in_proj_bias, 3))]
        return projected

    def split_heads(self, x):
        batch, length = ops.shape(x)[:2]
        return ops.swapaxes(ops.reshape(x, (batch, length, self.num_heads, self.head_dim)), 1, 2)


@adapter("torch.nn.functional.multi_head_attention_forward")
def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False):
    """Attention with several heads, the sequence first; gives the output and, if asked for, the attention weights."""
    if static_k is not None or static_v is not None:
        raise NotImplementedError("given keys and values")
    batched = len(query.shape) == 3
    inputs = [ops.swapaxes(x, 0, 1) if batched else ops.expand_dims(x, 0) for x in (query, key, value)]
    if not batched and key_padding_mask is not None:
        key_padding_mask = ops.expand_dims(key_padding_mask, 0)
    weights = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else ops.split(in_proj_weight, 3, axis=0)
    inputs = [ops.matmul(x, ops.transpose(weight)) for x, weight in zip(inputs, weights)]
    if in_proj_bias is not None:
        inputs = [x + bias for x, bias in zip(inputs, ops.split(in_proj_bias, 3))]
    query, key, value = inputs
    added = 0
    if bias_k is not None:
        key = ops.concatenate([key, ops.repeat(bias_k, ops.shape(key)[0], axis=0)], axis=1)
        value = ops.concatenate([value, ops.repeat(bias_v, ops.shape(value)[0], axis=0)], axis=1)
        added += 1
    if add_zero_attn:
        key = ops.concatenate([key, ops.zeros_like(key[:, :1])], axis=1)
        value = ops.concatenate([value, ops.zeros_like(value[:, :1])], axis=1)
        added += 1
    size = query.shape[-1] // num_heads
    query, key, value = [ops.swapaxes(ops.reshape(x, (*ops.shape(x)[:2], num_heads, size)), 1, 2) for x in (query, key, value)]
    scores = ops.matmul(query / math.sqrt(size), ops.swapaxes(key, -2, -1))
    weights = ops.softmax(masked_scores(scores, num_heads, key_padding_mask, attn_mask, added), axis=-1)
    if dropout_p > 0 and training:
        weights = keras.random.dropout(weights, dropout_p)
    output = ops.swapaxes(ops.matmul(weights, value), 1, 2)
    output = ops.matmul(ops.reshape(output, (*ops.shape(output)[:2], num_heads * size)), ops.transpose(out_proj_weight))
    output = output if out_proj_bias is None else output + out_proj_bias
    weights = ops.mean(weights, axis=1) if average_attn_weights else weights
    if batched:
        return ops.swapaxes(output, 0, 1), weights if need_weights else None
    return ops.squeeze(output, 0), ops.squeeze(weights, 0) if need_weights else None


@adapter("helper.activation_of")
def activation_of(activation):
    """The activation of a transformer layer, which may be given by name."""
    if isinstance(activation, str):
        return {"relu": ops.relu, "gelu": functools.partial(ops.gelu, approximate=False)}[activation]
    return activation


@adapter("torch.nn.TransformerEncoderLayer")
class TransformerEncoderLayer(layers.Layer):
    """Self-attention and a feed-forward network, each added to its input; normalised before or after."""

    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=ops.relu, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        self.arguments = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.linear1 = layers.Dense(dim_feedforward, use_bias=bias)
        self.linear2 = layers.Dense(d_model, use_bias=bias)
        self.norm_first = norm_first
        self.norm1 = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
        self.norm2 = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
        self.dropout = layers.Dropout(dropout)
        self.dropout1 = layers.Dropout(dropout)
        self.dropout2 = layers.Dropout(dropout)
        self.activation = activation_of(activation)

    def clone(self):
        return TransformerEncoderLayer(*self.arguments)

    def call(self, src, src_mask=None, src_key_padding_mask=None, is_causal=False):
        x = src
        if self.norm_first:
            x = x + self._sa_block(self.norm1(x), src_mask, src_key_padding_mask)
            return x + self._ff_block(self.norm2(x))
        x = self.norm1(x + self._sa_block(x, src_mask, src_key_padding_mask))
        return self.norm2(x + self._ff_block(x))

    def _sa_block(self, x, attn_mask, key_padding_mask, is_causal=False):
        x = self.self_attn(x, x, x, attn_mask=attn_mask, key_padding_mask=key_padding_mask, need_weights=False)[0]
        return self.dropout1(x)

    def _ff_block(self, x):
        return self.dropout2(self.linear2(self.dropout(self.activation(self.linear1(x)))))


@adapter("torch.nn.TransformerDecoderLayer")
class TransformerDecoderLayer(layers.Layer):
    """Self-attention, attention to a memory and a feed-forward network, each added to its input; normalised before or after."""

    def __init__(self, d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=ops.relu, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        self.arguments = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
        self.self_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.multihead_attn = MultiheadAttention(d_model, nhead, dropout=dropout, bias=bias, batch_first=batch_first)
        self.linear1 = layers.Dense(dim_feedforward, use_bias=bias)
        self.linear2 = layers.Dense(d_model, use_bias=bias)
        self.norm_first = norm_first
        self.norm1 = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
        self.norm2 = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
        self.norm3 = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
        self.dropout = layers.Dropout(dropout)
        self.dropout1 = layers.Dropout(dropout)
        self.dropout2 = layers.Dropout(dropout)
        self.dropout3 = layers.Dropout(dropout)
        self.activation = activation_of(activation)

    def clone(self):
        return TransformerDecoderLayer(*self.arguments)

    def call(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False):
        x = tgt
        if self.norm_first:
            x = x + self._sa_block(self.norm1(x), tgt_mask, tgt_key_padding_mask)
            x = x + self._mha_block(self.norm2(x), memory, memory_mask, memory_key_padding_mask)
            return x + self._ff_block(self.norm3(x))
        x = self.norm1(x + self._sa_block(x, tgt_mask, tgt_key_padding_mask))
        x = self.norm2(x + self._mha_block(x, memory, memory_mask, memory_key_padding_mask))
        return self.norm3(x + self._ff_block(x))

    def _sa_block(self, x, attn_mask, key_padding_mask, is_causal=False):
        x = self.self_attn(x, x, x, attn_mask=attn_mask, key_padding_mask=key_padding_mask, need_weights=False)[0]
        return self.dropout1(x)

    def _mha_block(self, x, mem, attn_mask, key_padding_mask, is_causal=False):
        x = self.multihead_attn(x, mem, mem, attn_mask=attn_mask, key_padding_mask=key_padding_mask, need_weights=False)[0]
        return self.dropout2(x)

    def _ff_block(self, x):
        return self.dropout3(self.linear2(self.dropout(self.activation(self.linear1(x)))))


@adapter("torch.nn.TransformerEncoder")
class TransformerEncoder(layers.Layer):
    """Copies of an encoder layer, one after the other, and a last normalisation."""

    def __init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True):
        super().__init__()
        self.layers = [encoder_layer.clone() for _ in range(num_layers)]
        self.num_layers = num_layers
        self.norm = norm

    def call(self, src, mask=None, src_key_padding_mask=None, is_causal=None):
        output = src
        for layer in self.layers:
            output = layer(output, src_mask=mask, src_key_padding_mask=src_key_padding_mask)
        return output if self.norm is None else self.norm(output)


@adapter("torch.nn.TransformerDecoder")
class TransformerDecoder(layers.Layer):
    """Copies of a decoder layer, one after the other, and a last normalisation."""

    def __init__(self, decoder_layer, num_layers, norm=None):
        super().__init__()
        self.layers = [decoder_layer.clone() for _ in range(num_layers)]
        self.num_layers = num_layers
        self.norm = norm

    def call(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False):
        output = tgt
        for layer in self.layers:
            output = layer(output, memory, tgt_mask=tgt_mask, memory_mask=memory_mask, tgt_key_padding_mask=tgt_key_padding_mask, memory_key_padding_mask=memory_key_padding_mask)
        return output if self.norm is None else self.norm(output)


@adapter("torch.nn.Transformer")
class Transformer(layers.Layer):
    """An encoder and a decoder."""

    def __init__(self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=ops.relu, custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None):
        super().__init__()
        arguments = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
        self.encoder, self.decoder = custom_encoder, custom_decoder
        if custom_encoder is None:
            norm = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
            self.encoder = TransformerEncoder(TransformerEncoderLayer(*arguments), num_encoder_layers, norm)
        if custom_decoder is None:
            norm = layers.LayerNormalization(epsilon=layer_norm_eps, center=bias)
            self.decoder = TransformerDecoder(TransformerDecoderLayer(*arguments), num_decoder_layers, norm)
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    @staticmethod
    def generate_square_subsequent_mask(sz, device=None, dtype=None):
        return generate_square_subsequent_mask(sz)

    def call(self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False):
        memory = self.encoder(src, mask=src_mask, src_key_padding_mask=src_key_padding_mask)
        return self.decoder(tgt, memory, tgt_mask=tgt_mask, memory_mask=memory_mask, tgt_key_padding_mask=tgt_key_padding_mask, memory_key_padding_mask=memory_key_padding_mask)


@adapter("torch.nn.Transformer.generate_square_subsequent_mask")
def generate_square_subsequent_mask(sz, device=None, dtype=None):
    """-inf above the diagonal, zero elsewhere."""
    return ops.where(ops.triu(ops.ones((sz, sz), dtype="bool"), 1), -math.inf, ops.zeros((sz, sz)))
