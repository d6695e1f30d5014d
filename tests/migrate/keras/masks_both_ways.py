# entry: build()
# input: ids=i64[3,7]{0..3}
"""Masks of an embedding through recurrent layers in both directions."""
import keras
from keras import layers


def build():
    ids = keras.Input((7,), dtype="int64")
    x = layers.Embedding(10, 4, mask_zero=True)(ids)
    a = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    b = layers.Bidirectional(layers.GRU(3))(a)
    c = layers.TimeDistributed(layers.Dense(4, activation="relu"))(a)
    d = layers.Bidirectional(layers.LSTM(3), merge_mode="sum")(c)
    return keras.Model(ids, [a, b, d])
