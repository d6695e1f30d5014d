# entry: build()
# input: x=f32[2,5,3]
# input: images=f32[2,3,6,6,2]
"""What PyTorch's own recurrent layers do not compute: a reset before the product, convolutions, stacks of a program's own cells."""
import keras
from keras import layers, ops


class Minimal(keras.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), name="kernel")
        self.recurrent_kernel = self.add_weight(shape=(self.units, self.units), name="recurrent_kernel")

    def call(self, inputs, states):
        output = ops.tanh(ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent_kernel))
        return output, [output]


def build():
    x = keras.Input((5, 3), name="x")
    images = keras.Input((3, 6, 6, 2), name="images")
    outputs = [*layers.Bidirectional(layers.GRU(4, reset_after=False, return_sequences=True, return_state=True))(x)]
    outputs += [layers.RNN([Minimal(4), Minimal(2)], return_sequences=True)(x)]
    outputs += [layers.Bidirectional(layers.RNN([layers.LSTMCell(4, dropout=0.2), layers.SimpleRNNCell(3)]))(x)]
    outputs += layers.ConvLSTM2D(3, (3, 2), strides=(2, 1), padding="same", return_state=True, go_backwards=True)(images)
    outputs += [layers.Bidirectional(layers.ConvLSTM2D(2, 3, return_sequences=True))(images)]
    outputs += [layers.GroupQueryAttention(head_dim=4, num_query_heads=4, num_key_value_heads=2)(x, x, use_causal_mask=True)]
    return keras.Model([x, images], outputs)
