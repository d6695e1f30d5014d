"""Recurrent layers and cells, and layers around layers."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


@adapter("netwright.where_kept")
def where_kept(keep, new, old):
    """The new states where a place counts, else the old ones."""
    if isinstance(new, (list, tuple)):
        return [where_kept(keep, a, b) for a, b in zip(new, old)]
    return torch.where(torch.reshape(keep, (-1, *[1] * (new.ndim - 1))), new, old)


@adapter("netwright.run_cell")
def run_cell(step, x, states, go_backwards=False, mask=None, zero_output_for_mask=False):
    """Calls `step` for each place of the sequences; places without a mask keep output and states. Gives all outputs and the last states."""
    outputs = []
    last = None
    order = list(range(x.shape[1]))
    for i in order[::-1] if go_backwards else order:
        output, new_states = step(x[:, i], states)
        new_states = list(new_states) if isinstance(new_states, (list, tuple)) else [new_states]
        if mask is not None:
            keep = mask[:, i]
            kept = torch.zeros_like(output) if last is None or zero_output_for_mask else last
            output = where_kept(keep, output, kept)
            new_states = where_kept(keep, new_states, states)
        last = output
        states = new_states
        outputs.append(output)
    return outputs, states


@adapter("netwright.Recurrent")
class Recurrent(Layer):
    """What recurrent layers have in common. The weights are those of PyTorch's layer `rnn`, which computes where it has the same activations."""

    def __init__(self, units, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, return_sequences, return_state, go_backwards,
                 stateful, **kwargs):
        kwargs.pop("implementation", None)
        zero_output_for_mask = kwargs.pop("zero_output_for_mask", False)
        super().__init__(**kwargs)
        if stateful:
            raise NotImplementedError("States that are kept between calls.")
        self.units = units
        self.activation_name = activation
        self.recurrent_activation_name = recurrent_activation
        self.activation = activation_function(activation)
        self.recurrent_activation = activation_function(recurrent_activation)
        self.use_bias = use_bias
        self.dropout = dropout
        self.recurrent_dropout = recurrent_dropout
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.zero_output_for_mask = zero_output_for_mask
        self.supports_masking = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask if self.return_sequences else None

    def step(self, x, states):
        raise NotImplementedError

    def projections(self, x, state):
        """What the gates get from the input, and from the state."""
        names = ("bias_ih_l0", "bias_hh_l0") if self.use_bias else ()
        biases = [getattr(self.rnn, name) for name in names] or [None, None]
        return F.linear(x, self.rnn.weight_ih_l0, biases[0]), F.linear(state, self.rnn.weight_hh_l0, biases[1])

    @property
    def cell(self):
        return self

    @property
    def kernel(self):
        return self.rnn.weight_ih_l0.T

    @property
    def recurrent_kernel(self):
        return self.rnn.weight_hh_l0.T

    @property
    def bias(self):
        return self.rnn.bias_ih_l0 + self.rnn.bias_hh_l0 if self.use_bias else None

    def is_native(self):
        return self.activation_name == "tanh" and self.recurrent_activation_name == "sigmoid"

    def call(self, sequences, initial_state=None, mask=None, training=None):
        if training and self.recurrent_dropout:
            raise NotImplementedError("Dropout of states.")
        x = sequences
        if self.dropout:  # one mask for all times
            x = F.dropout1d(x.transpose(1, 2), self.dropout, bool(training)).transpose(1, 2)
        states = None if initial_state is None else list(initial_state) if isinstance(initial_state, (list, tuple)) else [initial_state]
        if mask is None and self.is_native():
            if states is not None:
                states = tuple([state[None] for state in states])
                states = states if len(states) > 1 else states[0]
            outputs, last = self.rnn(torch.flip(x, (1,)) if self.go_backwards else x, states)
            states = [state[0] for state in last] if isinstance(last, tuple) else [last[0]]
            output = outputs if self.return_sequences else outputs[:, -1]
        else:
            if states is None:
                states = [torch.zeros(x.shape[0], self.units, dtype=x.dtype, device=x.device)] * self.state_count
            outputs, states = run_cell(self.step, x, states, self.go_backwards, mask, self.zero_output_for_mask)
            output = torch.stack(outputs, 1) if self.return_sequences else outputs[-1]
        return (output, *states) if self.return_state else output


@adapter("keras.layers.LSTM")
class LSTM(Recurrent):
    state_count = 2

    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
                 recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
                 recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None,
                 bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False,
                 go_backwards=False, stateful=False, unroll=False, use_cudnn="auto", **kwargs):
        super().__init__(units, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, return_sequences, return_state, go_backwards,
                         stateful, **kwargs)

    def build(self, sequences_shape, initial_state_shape=None):
        self.rnn = nn.LSTM(sequences_shape[-1], self.units, bias=self.use_bias, batch_first=True)
        self.built = True

    def step(self, x, states):
        hidden, carry = states
        given, kept = self.projections(x, hidden)
        i, f, c, o = torch.chunk(given + kept, 4, -1)
        carry = self.recurrent_activation(f) * carry + self.recurrent_activation(i) * self.activation(c)
        hidden = self.recurrent_activation(o) * self.activation(carry)
        return hidden, [hidden, carry]


@adapter("keras.layers.GRU")
class GRU(Recurrent):
    """The rows of weights are in PyTorch's order: reset, update, new."""

    state_count = 1

    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
                 recurrent_initializer="orthogonal", bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None,
                 dropout=0.0, recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False,
                 unroll=False, reset_after=True, use_cudnn="auto", **kwargs):
        super().__init__(units, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, return_sequences, return_state, go_backwards,
                         stateful, **kwargs)
        self.reset_after = reset_after

    def build(self, sequences_shape, initial_state_shape=None):
        self.rnn = nn.GRU(sequences_shape[-1], self.units, bias=self.use_bias and self.reset_after, batch_first=True)
        self.only_bias = self.add_weight((3 * self.units,), "zeros") if self.use_bias and not self.reset_after else None
        self.built = True

    def in_order(self, x):
        """Update, reset, new: the order of Keras."""
        r, z, n = torch.chunk(x, 3)
        return torch.cat([z, r, n])

    @property
    def kernel(self):
        return self.in_order(self.rnn.weight_ih_l0).T

    @property
    def recurrent_kernel(self):
        return self.in_order(self.rnn.weight_hh_l0).T

    @property
    def bias(self):
        if not self.use_bias:
            return None
        if self.reset_after:
            return torch.stack([self.in_order(self.rnn.bias_ih_l0), self.in_order(self.rnn.bias_hh_l0)])
        return self.in_order(self.only_bias)

    def projections(self, x, state):
        if self.reset_after:
            return super().projections(x, state)
        return F.linear(x, self.rnn.weight_ih_l0, self.only_bias), F.linear(state, self.rnn.weight_hh_l0)

    def is_native(self):
        return super().is_native() and self.reset_after

    def step(self, x, states):
        hidden = states[0]
        given, kept = self.projections(x, hidden)
        r, z, n = torch.chunk(given, 3, -1)
        kept_r, kept_z, kept_n = torch.chunk(kept, 3, -1)
        r = self.recurrent_activation(r + kept_r)
        z = self.recurrent_activation(z + kept_z)
        if self.reset_after:
            n = self.activation(n + r * kept_n)
        else:
            n = self.activation(n + F.linear(r * hidden, self.rnn.weight_hh_l0[2 * self.units:]))
        hidden = z * hidden + (1 - z) * n
        return hidden, [hidden]


@adapter("keras.layers.SimpleRNN")
class SimpleRNN(Recurrent):
    state_count = 1

    def __init__(self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None,
                 kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0,
                 return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, seed=None, **kwargs):
        super().__init__(units, activation, None, use_bias, dropout, recurrent_dropout, return_sequences, return_state, go_backwards, stateful, **kwargs)

    def build(self, sequences_shape, initial_state_shape=None):
        nonlinearity = "relu" if self.activation_name == "relu" else "tanh"
        self.rnn = nn.RNN(sequences_shape[-1], self.units, nonlinearity=nonlinearity, bias=self.use_bias, batch_first=True)
        self.built = True

    def is_native(self):
        return self.activation_name in ("tanh", "relu")

    def step(self, x, states):
        given, kept = self.projections(x, states[0])
        hidden = self.activation(given + kept)
        return hidden, [hidden]


@adapter("netwright.Cell")
class Cell(Layer):
    """What cells have in common: weights of all gates below each other, and one step."""

    def __init__(self, units, gates, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, **kwargs):
        kwargs.pop("implementation", None)
        super().__init__(**kwargs)
        self.units = units
        self.gates = gates
        self.activation = activation_function(activation)
        self.recurrent_activation = activation_function(recurrent_activation)
        self.use_bias = use_bias
        self.dropout = dropout
        self.recurrent_dropout = recurrent_dropout
        self.state_size = units
        self.output_size = units

    def build(self, input_shape):
        self.weight_ih = self.add_weight((self.gates * self.units, input_shape[-1]))
        self.weight_hh = self.add_weight((self.gates * self.units, self.units))
        self.bias = self.add_weight((self.gates * self.units,), "zeros") if self.use_bias else None
        self.built = True

    @property
    def kernel(self):
        return self.weight_ih.T

    @property
    def recurrent_kernel(self):
        return self.weight_hh.T

    def get_initial_state(self, batch_size=None):
        sizes_of_states = self.state_size if isinstance(self.state_size, list) else [self.state_size]
        return [torch.zeros(batch_size, size, dtype=self.float_dtype) for size in sizes_of_states]


@adapter("keras.layers.LSTMCell")
class LSTMCell(Cell):
    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
                 recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
                 recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None,
                 dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        super().__init__(units, 4, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, **kwargs)
        self.state_size = [units, units]

    def call(self, inputs, states, training=None):
        if training and (self.dropout or self.recurrent_dropout):
            raise NotImplementedError("Dropout in cells.")
        hidden, carry = states
        i, f, c, o = torch.chunk(F.linear(inputs, self.weight_ih, self.bias) + F.linear(hidden, self.weight_hh), 4, -1)
        carry = self.recurrent_activation(f) * carry + self.recurrent_activation(i) * self.activation(c)
        hidden = self.recurrent_activation(o) * self.activation(carry)
        return hidden, [hidden, carry]


@adapter("keras.layers.GRUCell")
class GRUCell(Cell):
    """The rows of weights are in Keras' order: update, reset, new."""

    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
                 recurrent_initializer="orthogonal", bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None,
                 bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0,
                 reset_after=True, seed=None, **kwargs):
        super().__init__(units, 3, activation, recurrent_activation, use_bias, dropout, recurrent_dropout, **kwargs)
        self.reset_after = reset_after

    def build(self, input_shape):
        super().build(input_shape)
        if self.use_bias and self.reset_after:
            self.bias = self.add_weight((2, 3 * self.units), "zeros")

    def call(self, inputs, states, training=None):
        if training and (self.dropout or self.recurrent_dropout):
            raise NotImplementedError("Dropout in cells.")
        hidden = states[0] if isinstance(states, (list, tuple)) else states
        biases = [None, None] if not self.use_bias else [self.bias[0], self.bias[1]] if self.reset_after else [self.bias, None]
        z, r, n = torch.chunk(F.linear(inputs, self.weight_ih, biases[0]), 3, -1)
        kept = F.linear(hidden, self.weight_hh, biases[1])
        kept_z, kept_r, kept_n = torch.chunk(kept, 3, -1)
        z = self.recurrent_activation(z + kept_z)
        r = self.recurrent_activation(r + kept_r)
        if not self.reset_after:
            kept_n = F.linear(r * hidden, self.weight_hh[2 * self.units:])
        n = self.activation(n + (r * kept_n if self.reset_after else kept_n))
        hidden = z * hidden + (1 - z) * n
        return hidden, [hidden] if isinstance(states, (list, tuple)) else hidden


@adapter("keras.layers.SimpleRNNCell")
class SimpleRNNCell(Cell):
    def __init__(self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None,
                 recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs):
        super().__init__(units, 1, activation, None, use_bias, dropout, recurrent_dropout, **kwargs)

    def call(self, sequence, states, training=None):
        if training and (self.dropout or self.recurrent_dropout):
            raise NotImplementedError("Dropout in cells.")
        hidden = states[0] if isinstance(states, (list, tuple)) else states
        hidden = self.activation(F.linear(sequence, self.weight_ih, self.bias) + F.linear(hidden, self.weight_hh))
        return hidden, [hidden] if isinstance(states, (list, tuple)) else hidden


@adapter("netwright.first_states")
def first_states(cell, batch):
    """What a cell begins with: what it says itself, or zeros of its sizes."""
    states = cell.get_initial_state(batch_size=batch) if hasattr(cell, "get_initial_state") else None
    if states is not None:
        return states
    size = cell.state_size
    dtype = cell.float_dtype
    return [torch.zeros(batch, one, dtype=dtype) for one in size] if isinstance(size, (list, tuple)) else torch.zeros(batch, size, dtype=dtype)


@adapter("keras.layers.StackedRNNCells")
class StackedRNNCells(Layer):
    """Cells one after the other, as one cell."""

    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = list(cells)

    @property
    def state_size(self):
        return [cell.state_size for cell in self.cells]

    @property
    def output_size(self):
        return self.cells[-1].output_size

    def get_initial_state(self, batch_size=None):
        return [first_states(cell, batch_size) for cell in self.cells]

    def call(self, inputs, states, training=None):
        new_states = []
        for cell, state in zip(self.cells, states):
            is_list = isinstance(state, (list, tuple))
            inputs, state = cell(inputs, list(state) if is_list else [state])
            new_states.append(state if is_list or len(state) > 1 else state[0])
        return inputs, new_states


@adapter("keras.layers.RNN")
class RNN(Layer):
    """A cell, place by place."""

    def __init__(self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
                 zero_output_for_mask=False, **kwargs):
        super().__init__(**kwargs)
        if stateful:
            raise NotImplementedError("States that are kept between calls.")
        self.cell = StackedRNNCells(cell) if isinstance(cell, (list, tuple)) else cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.zero_output_for_mask = zero_output_for_mask
        self.supports_masking = True

    def build(self, sequences_shape, initial_state_shape=None):
        self.built = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask if self.return_sequences else None

    def call(self, sequences, initial_state=None, mask=None, training=None):
        batch = sequences.shape[0]
        if initial_state is None:
            initial_state = first_states(self.cell, batch)
        states = list(initial_state) if isinstance(initial_state, (list, tuple)) else [initial_state]
        outputs, states = run_cell(self.cell, sequences, states, self.go_backwards, mask, self.zero_output_for_mask)
        output = torch.stack(outputs, 1) if self.return_sequences else outputs[-1]
        return (output, *states) if self.return_state else output


@adapter("netwright.ConvolutionalLSTM")
class ConvolutionalLSTM(Layer):
    """An LSTM whose products are convolutions; the weights of all gates stand below each other."""

    def __init__(self, rank, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, dropout,
                 recurrent_dropout, return_sequences, return_state, go_backwards, stateful, **kwargs):
        super().__init__(**kwargs)
        if stateful:
            raise NotImplementedError("States that are kept between calls.")
        self.rank = rank
        self.filters = filters
        self.kernel_size = sizes(kernel_size, rank)
        self.strides = sizes(strides, rank)
        self.padding = padding.lower()
        self.data_format = data_format or "channels_last"
        self.dilation_rate = sizes(dilation_rate, rank)
        self.activation = activation_function(activation)
        self.recurrent_activation = activation_function(recurrent_activation)
        self.use_bias = use_bias
        self.dropout = dropout
        self.recurrent_dropout = recurrent_dropout
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.zero_output_for_mask = False
        self.supports_masking = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask if self.return_sequences else None

    def build(self, sequences_shape, initial_state_shape=None):
        channels = sequences_shape[-1 if self.data_format == "channels_last" else 2]
        self.weight_ih = self.add_weight((4 * self.filters, channels, *self.kernel_size))
        self.weight_hh = self.add_weight((4 * self.filters, self.filters, *self.kernel_size))
        self.bias = self.add_weight((4 * self.filters,), "zeros") if self.use_bias else None
        self.built = True

    @property
    def cell(self):
        return self

    @property
    def kernel(self):
        return self.weight_ih.permute(*range(2, self.rank + 2), 1, 0)

    @property
    def recurrent_kernel(self):
        return self.weight_hh.permute(*range(2, self.rank + 2), 1, 0)

    def step(self, x, states):
        hidden, carry = states
        ones = (1,) * self.rank
        given = convolve(x, self.weight_ih, self.bias, self.strides, self.padding, self.dilation_rate)
        i, f, c, o = torch.chunk(given + convolve(hidden, self.weight_hh, None, ones, "same", ones), 4, 1)
        carry = self.recurrent_activation(f) * carry + self.recurrent_activation(i) * self.activation(c)
        hidden = self.recurrent_activation(o) * self.activation(carry)
        return hidden, [hidden, carry]

    def call(self, sequences, initial_state=None, mask=None, training=None):
        if training and (self.dropout or self.recurrent_dropout):
            raise NotImplementedError("Dropout in cells.")
        is_last = self.data_format == "channels_last"
        x = sequences.movedim(-1, 2) if is_last else sequences
        if initial_state is None:
            made = convolve(x[:, 0], self.weight_ih, None, self.strides, self.padding, self.dilation_rate)[:, :self.filters]
            states = [torch.zeros_like(made), torch.zeros_like(made)]
        else:
            states = [state.movedim(-1, 1) if is_last else state for state in initial_state]
        outputs, states = run_cell(self.step, x, states, self.go_backwards, mask, self.zero_output_for_mask)
        results = [torch.stack(outputs, 1) if self.return_sequences else outputs[-1], *states]
        if is_last:
            results = [result.movedim(-self.rank - 1, -1) for result in results]
        return tuple(results) if self.return_state else results[0]


@adapter("keras.layers.ConvLSTM1D")
class ConvLSTM1D(ConvolutionalLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
                 recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0,
                 recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs):
        super().__init__(1, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, dropout,
                         recurrent_dropout, return_sequences, return_state, go_backwards, stateful, **kwargs)


@adapter("keras.layers.ConvLSTM2D")
class ConvLSTM2D(ConvolutionalLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
                 recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0,
                 recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs):
        super().__init__(2, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, dropout,
                         recurrent_dropout, return_sequences, return_state, go_backwards, stateful, **kwargs)


@adapter("keras.layers.ConvLSTM3D")
class ConvLSTM3D(ConvolutionalLSTM):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
                 recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal",
                 bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
                 activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0,
                 recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs):
        super().__init__(3, filters, kernel_size, strides, padding, data_format, dilation_rate, activation, recurrent_activation, use_bias, dropout,
                         recurrent_dropout, return_sequences, return_state, go_backwards, stateful, **kwargs)


# ---------------------------------------------------------------- layers around layers


@adapter("keras.layers.Wrapper")
class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer


@adapter("keras.layers.SpectralNormalization")
class SpectralNormalization(Wrapper):
    """A layer whose kernel training divides by its largest singular value, each time it is called."""

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        self.power_iterations = power_iterations

    def build(self, input_shape):
        if not self.layer.built:
            self.layer.build(input_shape)
        size = getattr(self.layer, "filters", getattr(self.layer, "units", None))
        if size is None or self.layer.weight.shape[0] != size:
            raise NotImplementedError("Spectral normalisation of this layer.")
        self.vector_u = nn.Buffer(0.02 * torch.randn(1, size))
        self.built = True

    def call(self, inputs, training=None):
        if training:
            self.normalise()
        return self.layer(inputs)

    def normalise(self):
        kernel = torch.flatten(self.layer.weight.detach(), 1).T
        if not torch.any(kernel):
            return
        u = self.vector_u
        for _ in range(self.power_iterations):
            v = F.normalize(u @ kernel.T)
            u = F.normalize(v @ kernel)
        self.vector_u.copy_(u)
        self.layer.weight.data.div_((v @ kernel @ u.T).item())


@adapter("keras.layers.TimeDistributed")
class TimeDistributed(Wrapper):
    """A layer for each place of sequences."""

    def __init__(self, layer, **kwargs):
        super().__init__(layer, **kwargs)
        self.supports_masking = True

    def call(self, inputs, training=None, mask=None):
        return torch.stack([self.layer(inputs[:, i]) for i in range(inputs.shape[1])], 1)


@adapter("keras.layers.Bidirectional")
class Bidirectional(Layer):
    """A recurrent layer and one in the other direction."""

    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        super().__init__(**kwargs)
        self.merge_mode = merge_mode
        self.return_sequences = layer.return_sequences
        self.return_state = layer.return_state
        self.forward_layer = layer
        self.backward_layer = copy.deepcopy(layer) if backward_layer is None else backward_layer
        if backward_layer is None:
            self.backward_layer.go_backwards = not layer.go_backwards
            self.backward_layer.name = "backward_" + layer.name
        for one in (self.forward_layer, self.backward_layer):
            one.zero_output_for_mask = one.return_sequences
        self.supports_masking = True

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask if self.return_sequences else None

    def build(self, sequences_shape, initial_state_shape=None):
        self.built = True

    def call(self, sequences, initial_state=None, mask=None, training=None):
        half = 0 if initial_state is None else len(initial_state) // 2
        y = self.forward_layer(sequences, initial_state=list(initial_state[:half]) if half else None, mask=mask)
        z = self.backward_layer(sequences, initial_state=list(initial_state[half:]) if half else None, mask=mask)
        states = []
        if self.return_state:
            states = [*y[1:], *z[1:]]
            y, z = y[0], z[0]
        if self.return_sequences:
            z = torch.flip(z, (1,))
        if self.merge_mode == "concat":
            output = torch.cat([y, z], -1)
        elif self.merge_mode == "sum":
            output = y + z
        elif self.merge_mode == "ave":
            output = (y + z) / 2
        elif self.merge_mode == "mul":
            output = y * z
        else:
            output = (y, z)
        if not self.return_state:
            return output
        return (*output, *states) if self.merge_mode is None else (output, *states)
