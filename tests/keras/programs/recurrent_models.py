# A tagger with bidirectional layers, a custom cell and states handed over.
# entry: Tagger()
# input: i64[2,7]{0..19}
import keras
from keras import layers, ops


class Cell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.recurrent = self.add_weight(shape=(self.units, self.units), name="recurrent")

    def call(self, inputs, states):
        h = ops.tanh(ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent))
        return h, [h]


class Tagger(keras.Model):
    def __init__(self):
        super().__init__()
        self.embed = layers.Embedding(20, 6)
        self.both = layers.Bidirectional(layers.GRU(4, return_sequences=True))
        self.own = layers.RNN(Cell(5), return_sequences=True)
        self.encoder = layers.LSTM(4, return_state=True)
        self.decoder = layers.LSTM(4, return_sequences=True)
        self.out = layers.TimeDistributed(layers.Dense(3))

    def call(self, x):
        x = self.own(self.both(self.embed(x)))
        y, h, c = self.encoder(x)
        x = self.decoder(x, initial_state=[h, c])
        return self.out(x), y
