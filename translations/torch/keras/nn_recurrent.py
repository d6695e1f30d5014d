"""Recurrent layers: one recurrent layer of Keras for each layer and direction, arguments and results as in the source."""

from keras import layers, ops


@adapter("helper.Recurrent")
class Recurrent(layers.Layer):
    """A stack of recurrent layers, in one or two directions; gives the sequence of the last one and the final states of all."""

    def __init__(self, make, num_layers, batch_first, dropout, bidirectional):
        super().__init__()
        self.num_layers = num_layers
        self.batch_first = batch_first
        self.dropout = dropout
        self.bidirectional = bidirectional
        self.directions = 2 if bidirectional else 1
        self.cells = [make(go_backwards=i % self.directions == 1, return_sequences=True, return_state=True) for i in range(num_layers * self.directions)]
        self.dropouts = [layers.Dropout(dropout) for _ in range(num_layers - 1)] if dropout > 0 else []

    def run(self, input, states):
        """`states` and the second result: one tensor [layers * directions, batch, hidden] for each kind of state."""
        batched = len(input.shape) == 3
        if not batched:
            input = ops.expand_dims(input, 0 if self.batch_first else 1)
            states = None if states is None else [ops.expand_dims(state, 1) for state in states]
        if not self.batch_first:
            input = ops.swapaxes(input, 0, 1)
        finals = []
        for level in range(self.num_layers):
            outputs = []
            for direction in range(self.directions):
                index = level * self.directions + direction
                initial = None if states is None else [state[index] for state in states]
                output, *final = self.cells[index](input, initial_state=initial)
                outputs.append(ops.flip(output, axis=1) if direction == 1 else output)
                finals.append(final)
            input = ops.concatenate(outputs, axis=-1) if self.bidirectional else outputs[0]
            if self.dropouts and level + 1 < self.num_layers:
                input = self.dropouts[level](input)
        if not self.batch_first:
            input = ops.swapaxes(input, 0, 1)
        finals = [ops.stack(kind, axis=0) for kind in zip(*finals)]
        if not batched:
            input = ops.squeeze(input, 0 if self.batch_first else 1)
            finals = [ops.squeeze(state, 1) for state in finals]
        return input, finals


@adapter("torch.nn.LSTM")
class LSTM(Recurrent):
    """Long short-term memory; gives the sequence and the final hidden and cell states."""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        if proj_size:
            raise NotImplementedError("projected states")
        super().__init__(lambda **kind: layers.LSTM(hidden_size, use_bias=bias, **kind), num_layers, batch_first, dropout, bidirectional)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.proj_size = proj_size

    def call(self, input, hx=None):
        output, (hidden, cell) = self.run(input, hx)
        return output, (hidden, cell)


@adapter("torch.nn.GRU")
class GRU(Recurrent):
    """Gated recurrent units; gives the sequence and the final states."""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__(lambda **kind: layers.GRU(hidden_size, use_bias=bias, **kind), num_layers, batch_first, dropout, bidirectional)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias

    def call(self, input, hx=None):
        output, (hidden,) = self.run(input, None if hx is None else [hx])
        return output, hidden


@adapter("torch.nn.RNN")
class RNN(Recurrent):
    """Plain recurrent layers; gives the sequence and the final states."""

    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__(lambda **kind: layers.SimpleRNN(hidden_size, activation=nonlinearity, use_bias=bias, **kind), num_layers, batch_first, dropout, bidirectional)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.nonlinearity = nonlinearity
        self.bias = bias

    def call(self, input, hx=None):
        output, (hidden,) = self.run(input, None if hx is None else [hx])
        return output, hidden


@adapter("helper.RecurrentCell")
class RecurrentCell(layers.Layer):
    """One step of a recurrent layer; states are zero when none are given."""

    def __init__(self, cell, input_size, hidden_size, bias):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.cell = cell

    def step(self, input, states, count):
        batched = len(input.shape) == 2
        if not batched:
            input = ops.expand_dims(input, 0)
            states = None if states is None else [ops.expand_dims(state, 0) for state in states]
        if states is None:
            states = [ops.zeros((ops.shape(input)[0], self.hidden_size), dtype=input.dtype) for _ in range(count)]
        _, states = self.cell(input, list(states))
        return states if batched else [ops.squeeze(state, 0) for state in states]


@adapter("torch.nn.LSTMCell")
class LSTMCell(RecurrentCell):
    """One step of a long short-term memory: the hidden and the cell state."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(layers.LSTMCell(hidden_size, use_bias=bias), input_size, hidden_size, bias)

    def call(self, input, hx=None):
        hidden, cell = self.step(input, hx, 2)
        return hidden, cell


@adapter("torch.nn.GRUCell")
class GRUCell(RecurrentCell):
    """One step of a gated recurrent unit."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(layers.GRUCell(hidden_size, use_bias=bias), input_size, hidden_size, bias)

    def call(self, input, hx=None):
        return self.step(input, None if hx is None else [hx], 1)[0]


@adapter("torch.nn.RNNCell")
class RNNCell(RecurrentCell):
    """One step of a plain recurrent layer."""

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(layers.SimpleRNNCell(hidden_size, activation=nonlinearity, use_bias=bias), input_size, hidden_size, bias)
        self.nonlinearity = nonlinearity

    def call(self, input, hx=None):
        return self.step(input, None if hx is None else [hx], 1)[0]
