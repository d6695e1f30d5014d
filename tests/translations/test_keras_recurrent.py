"""Recurrent layers, cells, layers around layers and attention of Keras against their adapters in PyTorch."""

import numpy as np
import pytest
from keras_side import check_layer, floats

OPTIONS = ["", ", return_sequences=True", ", return_state=True", ", return_sequences=True, return_state=True, go_backwards=True", ", use_bias=False",
           ", go_backwards=True"]


@pytest.mark.parametrize("text", [f"layers.{kind}(4{options})" for kind in ("LSTM", "GRU", "SimpleRNN") for options in OPTIONS]
                         + ["layers.GRU(4, reset_after=False)", "layers.GRU(4, reset_after=False, return_sequences=True, use_bias=False)",
                            "layers.GRU(4, activation='relu')", "layers.LSTM(4, activation='relu', return_state=True)",
                            "layers.LSTM(4, recurrent_activation='hard_sigmoid', return_sequences=True)", "layers.SimpleRNN(4, activation='relu')",
                            "layers.SimpleRNN(4, 'sigmoid', return_sequences=True)", "layers.LSTM(4, dropout=0.3, recurrent_dropout=0.2)",
                            "layers.RNN(layers.LSTMCell(4))", "layers.RNN(layers.GRUCell(4), return_sequences=True)",
                            "layers.RNN(layers.GRUCell(4, reset_after=False, use_bias=False), return_state=True)",
                            "layers.RNN(layers.SimpleRNNCell(4), go_backwards=True, return_sequences=True)",
                            "layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], return_sequences=True)",
                            "layers.RNN(layers.StackedRNNCells([layers.SimpleRNNCell(4), layers.LSTMCell(3)]))"]
                         + [f"layers.Bidirectional(layers.{kind}, merge_mode={mode!r})" for kind in ("LSTM(4, return_sequences=True)", "GRU(4)", "SimpleRNN(3)")
                            for mode in ("concat", "sum", "ave", "mul", None)]
                         + ["layers.Bidirectional(layers.LSTM(4, return_state=True, return_sequences=True))",
                            "layers.Bidirectional(layers.LSTM(4), backward_layer=layers.LSTM(3, go_backwards=True))",
                            "layers.TimeDistributed(layers.Dense(4, activation='relu'))"])
def test_recurrent(text):
    check_layer(text, floats(3, 5, 6))


@pytest.mark.parametrize("text", ["layers.LSTM(4)", "layers.GRU(4, return_sequences=True)", "layers.SimpleRNN(4, activation='softplus')"])
def test_initial_states(text):
    states = [floats(3, 4), floats(3, 4)] if "LSTM" in text else [floats(3, 4)]
    program = f"""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = {text}

    def call(self, inputs):
        return self.rnn(inputs[0], initial_state=inputs[1:])


def build():
    return Net()
"""
    check_layer(program, [floats(3, 5, 6), *states])


CELL = '''
class Leaky(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.dense = layers.Dense(units)

    def build(self, input_shape):
        self.dense.build(input_shape)
        super().build(input_shape)

    def call(self, inputs, states):
        state = 0.9 * states[0] + ops.tanh(self.dense(inputs))
        return state, [state]


def build():
    inputs = keras.Input((5, 3))
    x = layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], return_sequences=True)(inputs)
    return keras.Model(inputs, layers.RNN(Leaky(2))(x))
'''


def test_own_cell():
    check_layer(CELL, floats(2, 5, 3))


def test_images_over_time():
    check_layer("layers.TimeDistributed(layers.Conv2D(3, 3, padding='same'))", floats(2, 3, 6, 5, 4))


ATTENTION = '''
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.attention = {make}

    def call(self, inputs):
        {unpack} = inputs
        return self.attention({call})


def build():
    return Net()
'''


@pytest.mark.parametrize("make", ["layers.MultiHeadAttention(2, 3)", "layers.MultiHeadAttention(2, 3, value_dim=5, use_bias=False, dropout=0.3)",
                                  "layers.MultiHeadAttention(2, 3, output_shape=7)"])
@pytest.mark.parametrize("call", ["q, v", "q, v, v * 2", "q, v, return_attention_scores=True", "q, q, use_causal_mask=True",
                                  "q, v, attention_mask=ops.abs(v[:, None, :, 0]) > 0.05"])
def test_multi_head_attention(make, call):
    check_layer(ATTENTION.format(make=make, unpack="q, v", call=call), [floats(3, 5, 6), floats(3, 4, 6)])


@pytest.mark.parametrize("make", ["layers.MultiHeadAttention(2, 3)", "layers.MultiHeadAttention(2, 3, attention_axes=2)",
                                  "layers.MultiHeadAttention(2, 3, attention_axes=(1,))"])
def test_attention_along_axes(make):
    check_layer(ATTENTION.format(make=make, unpack="q, v", call="q, v"), [floats(3, 4, 5, 6), floats(3, 4, 5, 6)])


@pytest.mark.parametrize("make", ["layers.Attention()", "layers.Attention(use_scale=True)", "layers.Attention(score_mode='concat', use_scale=True)",
                                  "layers.AdditiveAttention()", "layers.AdditiveAttention(use_scale=False)"])
@pytest.mark.parametrize("call", ["[q, v]", "[q, v, v * 2], return_attention_scores=True", "[q, v], use_causal_mask=True",
                                  "[q, v], mask=[None, v[:, :, 0] > 0]", "[q, v], mask=[q[:, :, 0] > 0, v[:, :, 0] > 0]"])
def test_attention(make, call):
    check_layer(ATTENTION.format(make=make, unpack="q, v", call=call), [floats(3, 5, 6), floats(3, 5, 6)])


def test_places_that_see_nothing():
    check_layer(ATTENTION.format(make="layers.MultiHeadAttention(2, 3)", unpack="q, v", call="q, v, attention_mask=q[:, :, :1] > 0"),
                [floats(3, 5, 6), floats(3, 4, 6)])


def test_embedding():
    ids = np.random.default_rng(0).integers(0, 10, (3, 7)).astype("int32")
    check_layer("layers.Embedding(10, 4)", ids)
