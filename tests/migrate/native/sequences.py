# entry: Net()
# input: f32[2,7,5]
"""Recurrent layers, their last outputs, and those of both directions."""
import keras
from keras import layers


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = layers.LSTM(6, return_sequences=True)
        self.gru = layers.GRU(4, return_sequences=True)
        self.ends = layers.Bidirectional(layers.GRU(3))
        self.last = layers.LSTM(5)
        self.plain = layers.SimpleRNN(4, activation="relu")

    def call(self, x):
        x = self.gru(self.lstm(x))
        return self.ends(x), self.last(x), self.plain(x)
