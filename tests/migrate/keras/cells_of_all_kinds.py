# entry: build()
# input: x=f32[2,5,3]
"""Cells of all kinds, forwards and backwards."""
import keras
from keras import layers


def build():
    i = keras.Input((5, 3))
    a = layers.RNN(layers.LSTMCell(4), return_sequences=True)(i)
    b = layers.RNN(layers.GRUCell(3, reset_after=False))(a)
    c = layers.RNN(layers.SimpleRNNCell(3), go_backwards=True, return_sequences=True)(a)
    return keras.Model(i, [b, c])
