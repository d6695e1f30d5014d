# entry: build()
# input: q=f32[2,5,8]
# input: v=f32[2,6,4]
# input: m=bool[2,5,6]
# input: k=i64[2,6]{0..2}
"""Attention with masks that are given, causal ones, and those of embeddings."""
import keras
from keras import layers


def build():
    q, v = keras.Input((5, 8), name="q"), keras.Input((6, 4), name="v")
    m, k = keras.Input((5, 6), dtype="bool", name="m"), keras.Input((6,), dtype="int64", name="k")
    outs = []
    for kw in (dict(), dict(dropout=0.2), dict(value_dim=3), dict(output_shape=5)):
        outs.append(layers.MultiHeadAttention(2, 4, **kw)(q, v, attention_mask=m))
        outs.append(layers.MultiHeadAttention(2, 4, **kw)(q, q, use_causal_mask=True))
        outs.extend(layers.MultiHeadAttention(2, 4, **kw)(q, v, attention_mask=m, return_attention_scores=True))
    e = layers.Embedding(5, 4, mask_zero=True)(k)
    outs.append(layers.MultiHeadAttention(2, 4)(q, e))
    outs.append(layers.MultiHeadAttention(2, 4, dropout=0.1)(q, e, v))
    outs.extend(layers.MultiHeadAttention(2, 4)(e, e, use_causal_mask=True, return_attention_scores=True))
    return keras.Model([q, v, m, k], outs)
