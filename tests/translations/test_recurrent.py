"""Recurrent layers and cells: layers, directions, axes, initial and final states."""

import pytest
from numbers_alike import check_layer, floats

ARGUMENTS = ["", ", batch_first=True", ", bias=False", ", num_layers=2", ", num_layers=2, bidirectional=True, batch_first=True", ", num_layers=3, dropout=0.5, bidirectional=True", ", bidirectional=True"]


@pytest.mark.parametrize("arguments", ARGUMENTS)
@pytest.mark.parametrize("name", ["LSTM", "GRU", "RNN"])
def test_recurrent(name, arguments):
    text = f"nn.{name}(4, 3{arguments})"
    check_layer(text, floats(5, 2, 4))
    check_layer(text, floats(5, 4), symbolic=False)
    count = (3 if "=3" in text else 2 if "num_layers=2" in text else 1) * (2 if "bidirectional" in text else 1)
    batch = 5 if "batch_first" in text else 2
    hidden, cell = floats(count, batch, 3, seed=1), floats(count, batch, 3, seed=2)
    check_layer(text, floats(5, 2, 4), (hidden, cell) if name == "LSTM" else hidden, symbolic=False)
    check_layer(text, floats(5, 4), (hidden[:, 0], cell[:, 0]) if name == "LSTM" else hidden[:, 0], symbolic=False)


def test_relu():
    check_layer("nn.RNN(4, 3, 2, 'relu')", floats(5, 2, 4))
    check_layer("nn.RNN(4, 3, nonlinearity='relu', bias=False)", floats(5, 2, 4))


@pytest.mark.parametrize("text", ["nn.LSTM(4, 3, proj_size=2)", "nn.LSTM(4, 3, 2, batch_first=True, bidirectional=True, proj_size=2)"])
def test_projection(text):
    check_layer(text, floats(5, 2, 4), symbolic=False)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", ["LSTMCell", "GRUCell", "RNNCell"])
def test_cells(name, bias):
    text = f"nn.{name}(4, 3, {bias})"
    for shape in ((2, 4), (4,)):
        state = floats(*shape[:-1], 3, seed=1)
        check_layer(text, floats(*shape), symbolic=len(shape) == 2)
        check_layer(text, floats(*shape), (state, floats(*shape[:-1], 3, seed=2)) if name == "LSTMCell" else state, symbolic=False)


def test_cell_with_relu():
    check_layer("nn.RNNCell(4, 3, nonlinearity='relu')", floats(2, 4))
