# entry: build()
# input: ids=i64[3,7]{0..3}
"""Attention takes the masks of its inputs away: who is called next sees none."""
import keras
from keras import layers


def build():
    ids = keras.Input((7,), dtype="int64")
    x = layers.Embedding(10, 8, mask_zero=True)(ids)
    y = layers.MultiHeadAttention(2, 4)(x, x)
    z, s = layers.MultiHeadAttention(2, 4)(x, x, use_causal_mask=True, return_attention_scores=True)
    w = layers.Attention()([x, x])
    u = layers.AdditiveAttention()([x, x])
    return keras.Model(ids, [y, z, s, w, u])
