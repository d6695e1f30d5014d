"""Recurrent layers and cells."""
from __future__ import annotations

from _nw import Parameter, check, layer, tensor
from torch.nn.modules.module import Module
from torch.nn.utils.rnn import PackedSequence

__public__ = "torch.nn"
__others__ = ("Tensor", "deprecated", "init", "math", "numbers", "overload", "torch", "warnings", "weakref")
__all__ = ["RNNBase", "RNN", "LSTM", "GRU", "RNNCellBase", "RNNCell", "LSTMCell", "GRUCell"]


def apply_permutation(tensor, permutation, dim=1):
    return tensor.index_select(dim, permutation)


_GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}


class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        check(dropout >= 0 and dropout <= 1, "dropout should be a number in range [0, 1]", ValueError)
        check(isinstance(bias, bool), "bias should be of type bool", TypeError)
        check(isinstance(batch_first, bool), "batch_first should be of type bool", TypeError)
        check(not isinstance(input_size, float), "input_size should be of type int", TypeError)
        check(input_size > 0, "input_size must be greater than zero", ValueError)
        check(not isinstance(hidden_size, float), "hidden_size should be of type int", TypeError)
        check(hidden_size > 0, "hidden_size must be greater than zero", ValueError)
        check(num_layers > 0, "num_layers must be greater than zero", ValueError)
        check(proj_size >= 0, "proj_size should be a positive integer or zero to disable projections", ValueError)
        check(proj_size < hidden_size, "proj_size has to be smaller than hidden_size", ValueError)
        check(mode in _GATES, "Unrecognized RNN mode", ValueError)
        self._flat_weights_names = []
        self._all_weights = []
        for number in range(num_layers):
            for suffix in ("", "_reverse") if bidirectional else ("",):
                names = self._make_weights(number, str(number) + suffix, dtype)
                self._flat_weights_names.extend(names)
                self._all_weights.append(names)
        self.reset_parameters()

    def _make_weights(self, number, suffix, dtype):
        """Makes the parameters of one layer and direction and returns their names."""
        rows = _GATES[self.mode] * self.hidden_size
        state = self.proj_size or self.hidden_size
        width = self.input_size if number == 0 else state * (2 if self.bidirectional else 1)
        shapes = [("weight_ih_l", (rows, width)), ("weight_hh_l", (rows, state))]
        if self.bias:
            shapes.append(("bias_ih_l", (rows,)))
            shapes.append(("bias_hh_l", (rows,)))
        if self.proj_size:
            shapes.append(("weight_hr_l", (self.proj_size, self.hidden_size)))
        names = []
        for name, shape in shapes:
            setattr(self, name + suffix, Parameter(tensor(shape, dtype)))
            names.append(name + suffix)
        return names

    @property
    def _flat_weights(self):
        return [getattr(self, name) for name in self._flat_weights_names]

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def _init_flat_weights(self):
        pass

    def _update_flat_weights(self):
        pass

    def flatten_parameters(self):
        pass

    def reset_parameters(self):
        pass

    def check_input(self, input, batch_sizes):
        check(input.dtype is self._flat_weights[0].dtype, "RNN input dtype does not match weight dtype", ValueError)
        check(input.ndim == (3 if batch_sizes is None else 2), "input must have another number of dimensions")
        check(input.shape[-1] == self.input_size, "input.size(-1) must be equal to input_size")

    def get_expected_hidden_size(self, input, batch_sizes):
        if batch_sizes is not None:
            batch = int(batch_sizes[0])
        else:
            batch = input.shape[0 if self.batch_first else 1]
        return self.num_layers * (2 if self.bidirectional else 1), batch, self.proj_size or self.hidden_size

    def get_expected_cell_size(self, input, batch_sizes):
        expected = self.get_expected_hidden_size(input, batch_sizes)
        return expected[0], expected[1], self.hidden_size

    def check_hidden_size(self, hx, expected_hidden_size, msg="Expected hidden size {}, got {}"):
        check(tuple(hx.shape) == tuple(expected_hidden_size), "the hidden state has another size than expected")

    def check_forward_args(self, input, hidden, batch_sizes):
        self.check_input(input, batch_sizes)
        self.check_hidden_size(hidden, self.get_expected_hidden_size(input, batch_sizes))

    def permute_hidden(self, hx, permutation):
        return hx if permutation is None else apply_permutation(hx, permutation)

    def _check_state(self, x, expected, batched):
        check(x.ndim == (3 if batched else 2), "the state must have the input's number of dimensions")
        check(tuple(x.shape) == (expected if batched else (expected[0], expected[2])),
              "the hidden state has another size than expected")

    def _run(self, input, hx):
        """(output, list of final states) of a padded or packed sequence."""
        states = self.num_layers * (2 if self.bidirectional else 1)
        state = self.proj_size or self.hidden_size
        packed = isinstance(input, PackedSequence)
        data = input.data if packed else input
        batched = packed or data.ndim == 3
        check(packed or data.ndim == 2 or data.ndim == 3, "Expected input to be 2D or 3D", ValueError)
        check(data.shape[-1] == self.input_size, "input.size(-1) must be equal to input_size")
        check(data.dtype is self._flat_weights[0].dtype, "RNN input dtype does not match weight dtype", ValueError)
        if packed:
            batch = input.batch_count
        else:
            batch = data.shape[0 if self.batch_first else 1] if batched else 1
        sizes = [state, self.hidden_size] if self.mode == "LSTM" else [state]
        given = [] if hx is None else list(hx) if self.mode == "LSTM" else [hx]
        for x, size in zip(given, sizes):
            self._check_state(x, (states, batch, size), batched)
        width = state * (2 if self.bidirectional else 1)
        output = tensor(data.shape[:-1] + (width,), like=data)
        if packed:
            output = input._with(output)
        finals = []
        for size in sizes:
            finals.append(tensor((states, batch, size) if batched else (states, size), like=data))
        return output, finals


@layer(effects="rng",
       pivot="recurrent(input[l, n, i], state=hx, kind=nonlinearity, kernels=per_layer('weight_ih'),"
             " recurrent_kernels=per_layer('weight_hh'), biases=per_layer('bias_ih'),"
             " recurrent_biases=per_layer('bias_hh'), layers=num_layers, directions=2 if bidirectional else 1,"
             " dropout=dropout, batch_first=batch_first)")
class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False,
                 dropout=0.0, bidirectional=False, device=None, dtype=None):
        check(nonlinearity in ("tanh", "relu"), "Unknown nonlinearity", ValueError)
        self.nonlinearity = nonlinearity
        super().__init__("RNN_TANH" if nonlinearity == "tanh" else "RNN_RELU", input_size, hidden_size, num_layers,
                         bias, batch_first, dropout, bidirectional, 0, device, dtype)

    def forward(self, input, hx=None) -> (Any, Tensor):
        output, finals = self._run(input, hx)
        return output, finals[0]


@layer(effects="rng",
       pivot="recurrent(input[l, n, i], state=hx, kind='lstm', kernels=per_layer('weight_ih'),"
             " recurrent_kernels=per_layer('weight_hh'), biases=per_layer('bias_ih'),"
             " recurrent_biases=per_layer('bias_hh'), layers=num_layers, directions=2 if bidirectional else 1,"
             " dropout=dropout, batch_first=batch_first) if proj_size == 0 else None")
class LSTM(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__("LSTM", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional,
                         proj_size, device, dtype)

    def check_forward_args(self, input, hidden, batch_sizes):
        self.check_input(input, batch_sizes)
        self.check_hidden_size(hidden[0], self.get_expected_hidden_size(input, batch_sizes))
        self.check_hidden_size(hidden[1], self.get_expected_cell_size(input, batch_sizes))

    def permute_hidden(self, hx, permutation):
        if permutation is None:
            return hx
        return apply_permutation(hx[0], permutation), apply_permutation(hx[1], permutation)

    def forward(self, input, hx=None) -> (Any, (Tensor, Tensor)):
        output, finals = self._run(input, hx)
        return output, (finals[0], finals[1])


@layer(effects="rng",
       pivot="recurrent(input[l, n, i], state=hx, kind='gru', reset='after', kernels=per_layer('weight_ih'),"
             " recurrent_kernels=per_layer('weight_hh'), biases=per_layer('bias_ih'),"
             " recurrent_biases=per_layer('bias_hh'), layers=num_layers, directions=2 if bidirectional else 1,"
             " dropout=dropout, batch_first=batch_first)")
class GRU(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, device=None, dtype=None):
        super().__init__("GRU", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, 0,
                         device, dtype)

    def forward(self, input, hx=None) -> (Any, Tensor):
        output, finals = self._run(input, hx)
        return output, finals[0]


class RNNCellBase(Module):
    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = Parameter(tensor((num_chunks * hidden_size, input_size), dtype))
        self.weight_hh = Parameter(tensor((num_chunks * hidden_size, hidden_size), dtype))
        if bias:
            self.bias_ih = Parameter(tensor((num_chunks * hidden_size,), dtype))
            self.bias_hh = Parameter(tensor((num_chunks * hidden_size,), dtype))
        else:
            self.register_parameter("bias_ih", None)
            self.register_parameter("bias_hh", None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def _step(self, input, *states):
        check(input.ndim == 1 or input.ndim == 2, "Expected input to be 1D or 2D", ValueError)
        check(input.shape[-1] == self.input_size, "input has inconsistent input_size")
        for hx in states:
            check(hx.ndim == 1 or hx.ndim == 2, "Expected hidden to be 1D or 2D", ValueError)
            check(tuple(hx.shape) == tuple(input.shape[:-1]) + (self.hidden_size,), "hidden has an inconsistent size")
        return tensor(input.shape[:-1] + (self.hidden_size,), like=input)


@layer(pivot="recurrent_cell(input[..., i], state=hx, kind=nonlinearity, kernel=weight_ih[o, i],"
             " recurrent_kernel=weight_hh[o, h], bias=bias_ih[o], recurrent_bias=bias_hh[o])")
class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None) -> Tensor:
        check(self.nonlinearity == "tanh" or self.nonlinearity == "relu", "Unknown nonlinearity")
        return self._step(input) if hx is None else self._step(input, hx)


@layer(pivot="recurrent_cell(input[..., i], state=hx, kind='lstm', kernel=weight_ih[o, i],"
             " recurrent_kernel=weight_hh[o, h], bias=bias_ih[o], recurrent_bias=bias_hh[o])")
class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(self, input, hx=None) -> (Tensor, Tensor):
        hidden = self._step(input) if hx is None else self._step(input, hx[0], hx[1])
        return hidden, tensor(hidden.shape, like=hidden)


@layer(pivot="recurrent_cell(input[..., i], state=hx, kind='gru', reset='after', kernel=weight_ih[o, i],"
             " recurrent_kernel=weight_hh[o, h], bias=bias_ih[o], recurrent_bias=bias_hh[o])")
class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input, hx=None) -> Tensor:
        return self._step(input) if hx is None else self._step(input, hx)
