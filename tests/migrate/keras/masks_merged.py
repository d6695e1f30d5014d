# entry: build()
# input: a=i64[3,7]{0..3}
# input: b=i64[3,7]{0..3}
"""Masks of several tensors that become one."""
import keras
from keras import layers


def build():
    a, b = keras.Input((7,), dtype="int64", name="a"), keras.Input((7,), dtype="int64", name="b")
    e = layers.Embedding(10, 4, mask_zero=True)
    x, y = e(a), e(b)
    s = layers.Add()([x, y])
    c = layers.Concatenate()([x, y])
    t = layers.Concatenate(axis=1)([x, y])
    return keras.Model([a, b], [layers.LSTM(2)(s), layers.LSTM(2)(c), layers.GRU(2)(t)])
