# entry: build()
# input: x=f32[3,5,3]
"""Cells, and stacks of cells, that skip places."""
import keras
from keras import layers


def build():
    i = keras.Input((5, 3))
    z = layers.ReLU()(i)
    x = layers.Masking()(z)
    return keras.Model(i, [x, layers.LSTM(4)(x), layers.RNN(layers.GRUCell(4))(x), layers.RNN([layers.LSTMCell(3), layers.LSTMCell(2)], return_sequences=True)(x)])
