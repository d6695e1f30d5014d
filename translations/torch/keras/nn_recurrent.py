"""Recurrent layers, with the source's weights, arguments and results."""

from keras import layers, ops


@adapter("helper.Recurrent")
class Recurrent(layers.Layer):
    """A stack of recurrent layers, in one or two directions; gives the sequence of the last one and the final states of all."""

    def __init__(self, gates, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size=0):
        super().__init__()
        self.proj_size = proj_size
        self.state_size = proj_size or hidden_size
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = dropout
        self.bidirectional = bidirectional
        self.suffixes = ["", "_reverse"] if bidirectional else [""]
        self.dropouts = [layers.Dropout(dropout) for _ in range(num_layers - 1)] if dropout > 0 else []
        for level in range(num_layers):
            width = input_size if level == 0 else self.state_size * len(self.suffixes)
            for suffix in self.suffixes:
                self.add_step(f"_l{level}{suffix}", gates * hidden_size, width)

    def add_step(self, suffix, size, width):
        shapes = {"weight_ih": (size, width), "weight_hh": (size, self.state_size)}
        if self.bias:
            shapes.update(bias_ih=(size,), bias_hh=(size,))
        if self.proj_size:
            shapes.update(weight_hr=(self.proj_size, self.hidden_size))
        for name, shape in shapes.items():
            setattr(self, name + suffix, self.add_weight(shape=shape, initializer="glorot_uniform" if len(shape) == 2 else "zeros", name=name + suffix))

    def run(self, input, states, count):
        """`states` and the second result: one tensor [layers * directions, batch, hidden] for each kind of state."""
        batched = len(input.shape) == 3
        if not batched:
            input = ops.expand_dims(input, 1)
            states = None if states is None else [ops.expand_dims(state, 1) for state in states]
        elif self.batch_first:
            input = ops.swapaxes(input, 0, 1)
        if states is None:
            size = (self.num_layers * len(self.suffixes), ops.shape(input)[1])
            states = [ops.zeros((*size, width), dtype=input.dtype) for width in (self.state_size, self.hidden_size)[:count]]
        finals = []
        for level in range(self.num_layers):
            outputs = []
            for suffix in self.suffixes:
                final, output = self.run_direction(input, [state[len(finals)] for state in states], f"_l{level}{suffix}", suffix != "")
                finals.append(final)
                outputs.append(output)
            input = ops.concatenate(outputs, axis=-1) if self.bidirectional else outputs[0]
            if self.dropouts and level + 1 < self.num_layers:
                input = self.dropouts[level](input)
        finals = [ops.stack(kind, axis=0) for kind in zip(*finals)]
        if not batched:
            return ops.squeeze(input, 1), [ops.squeeze(state, 1) for state in finals]
        return ops.swapaxes(input, 0, 1) if self.batch_first else input, finals

    def run_direction(self, input, states, suffix, reverse):
        weight_hh = ops.transpose(getattr(self, "weight_hh" + suffix))
        bias_hh = getattr(self, "bias_hh" + suffix) if self.bias else 0.0
        input = ops.matmul(input, ops.transpose(getattr(self, "weight_ih" + suffix)))
        if self.bias:
            input = input + getattr(self, "bias_ih" + suffix)

        def step(states, x):
            states = self.step(x, ops.matmul(states[0], weight_hh) + bias_hh, states)
            if self.proj_size:
                states = [ops.matmul(states[0], ops.transpose(getattr(self, "weight_hr" + suffix))), *states[1:]]
            return states, states  # TensorFlow's scan wants what it collects to be like the states

        final, sequences = ops.scan(step, states, input, reverse=reverse)
        return final, sequences[0]


@adapter("helper.lstm_step")
def lstm_step(x, recurrent, states):
    """The next hidden and cell state, from what the input and the hidden state contribute to the gates."""
    i, f, g, o = ops.split(x + recurrent, 4, axis=-1)
    cell = ops.sigmoid(f) * states[1] + ops.sigmoid(i) * ops.tanh(g)
    return [ops.sigmoid(o) * ops.tanh(cell), cell]


@adapter("helper.gru_step")
def gru_step(x, recurrent, states):
    """The next state, from what the input and the state contribute to the gates."""
    input_r, input_z, input_n = ops.split(x, 3, axis=-1)
    state_r, state_z, state_n = ops.split(recurrent, 3, axis=-1)
    z = ops.sigmoid(input_z + state_z)
    n = ops.tanh(input_n + ops.sigmoid(input_r + state_r) * state_n)
    return [(1 - z) * n + z * states[0]]


@adapter("torch.nn.LSTM")
class LSTM(Recurrent):
    """Long short-term memory; gives the sequence and the final hidden and cell states."""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__(4, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size)

    def step(self, x, recurrent, states):
        return lstm_step(x, recurrent, states)

    def call(self, input, hx=None):
        output, (hidden, cell) = self.run(input, hx, 2)
        return output, (hidden, cell)


@adapter("torch.nn.GRU")
class GRU(Recurrent):
    """Gated recurrent units; gives the sequence and the final states."""

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__(3, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)

    def step(self, x, recurrent, states):
        return gru_step(x, recurrent, states)

    def call(self, input, hx=None):
        output, (hidden,) = self.run(input, None if hx is None else [hx], 1)
        return output, hidden


@adapter("torch.nn.RNN")
class RNN(Recurrent):
    """Plain recurrent layers; gives the sequence and the final states."""

    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0, bidirectional=False, device=None, dtype=None):
        super().__init__(1, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)
        self.nonlinearity = nonlinearity

    def step(self, x, recurrent, states):
        return [ops.relu(x + recurrent) if self.nonlinearity == "relu" else ops.tanh(x + recurrent)]

    def call(self, input, hx=None):
        output, (hidden,) = self.run(input, None if hx is None else [hx], 1)
        return output, hidden


@adapter("helper.RecurrentCell")
class RecurrentCell(layers.Layer):
    """One step of a recurrent layer; states are zero when none are given."""

    def __init__(self, gates, input_size, hidden_size, bias):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = self.add_weight(shape=(gates * hidden_size, input_size), name="weight_ih")
        self.weight_hh = self.add_weight(shape=(gates * hidden_size, hidden_size), name="weight_hh")
        self.bias_ih = self.add_weight(shape=(gates * hidden_size,), initializer="zeros", name="bias_ih") if bias else None
        self.bias_hh = self.add_weight(shape=(gates * hidden_size,), initializer="zeros", name="bias_hh") if bias else None

    def run(self, input, states, count):
        if states is None:
            states = [ops.zeros((*ops.shape(input)[:-1], self.hidden_size), dtype=input.dtype) for _ in range(count)]
        x = ops.matmul(input, ops.transpose(self.weight_ih))
        recurrent = ops.matmul(states[0], ops.transpose(self.weight_hh))
        if self.bias:
            x, recurrent = x + self.bias_ih, recurrent + self.bias_hh
        return self.step(x, recurrent, states)


@adapter("torch.nn.LSTMCell")
class LSTMCell(RecurrentCell):
    """One step of a long short-term memory: the hidden and the cell state."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(4, input_size, hidden_size, bias)

    def step(self, x, recurrent, states):
        return lstm_step(x, recurrent, states)

    def call(self, input, hx=None):
        hidden, cell = self.run(input, hx, 2)
        return hidden, cell


@adapter("torch.nn.GRUCell")
class GRUCell(RecurrentCell):
    """One step of a gated recurrent unit."""

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(3, input_size, hidden_size, bias)

    def step(self, x, recurrent, states):
        return gru_step(x, recurrent, states)

    def call(self, input, hx=None):
        return self.run(input, None if hx is None else [hx], 1)[0]


@adapter("torch.nn.RNNCell")
class RNNCell(RecurrentCell):
    """One step of a plain recurrent layer."""

    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(1, input_size, hidden_size, bias)
        self.nonlinearity = nonlinearity

    def step(self, x, recurrent, states):
        return [ops.relu(x + recurrent) if self.nonlinearity == "relu" else ops.tanh(x + recurrent)]

    def call(self, input, hx=None):
        return self.run(input, None if hx is None else [hx], 1)[0]


@dropped("torch.nn.RNNBase.flatten_parameters", note="how the parameters lie in memory")
def flatten_parameters(self):
    ...
