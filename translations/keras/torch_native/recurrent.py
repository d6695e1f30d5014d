"""Recurrent layers: one layer and direction, or both."""

import torch
from torch import nn


@adapter("netwright.plain_LSTM")
class LSTM(nn.LSTM):
    """The outputs of all steps, or the last one alone."""

    def __init__(self, input_size, hidden_size, bias=True, sequences=False):
        super().__init__(input_size, hidden_size, bias=bias, batch_first=True)
        self.sequences = sequences

    def forward(self, x):
        outputs, _ = super().forward(x)
        return outputs if self.sequences else outputs[:, -1]


@adapter("netwright.plain_GRU")
class GRU(nn.GRU):
    """The outputs of all steps, or the last one alone."""

    def __init__(self, input_size, hidden_size, bias=True, sequences=False):
        super().__init__(input_size, hidden_size, bias=bias, batch_first=True)
        self.sequences = sequences

    def forward(self, x):
        outputs, _ = super().forward(x)
        return outputs if self.sequences else outputs[:, -1]


@adapter("netwright.plain_RNN")
class RNN(nn.RNN):
    """The outputs of all steps, or the last one alone."""

    def __init__(self, input_size, hidden_size, nonlinearity="tanh", bias=True, sequences=False):
        super().__init__(input_size, hidden_size, nonlinearity=nonlinearity, bias=bias, batch_first=True)
        self.sequences = sequences

    def forward(self, x):
        outputs, _ = super().forward(x)
        return outputs if self.sequences else outputs[:, -1]


@adapter("netwright.both_LSTM")
class BidirectionalLSTM(nn.LSTM):
    """Both directions side by side: of all steps, or the last output of each."""

    def __init__(self, input_size, hidden_size, bias=True, sequences=False):
        super().__init__(input_size, hidden_size, bias=bias, batch_first=True, bidirectional=True)
        self.sequences = sequences

    def forward(self, x):
        outputs, (last, _) = super().forward(x)
        return outputs if self.sequences else torch.cat([last[0], last[1]], dim=-1)


@adapter("netwright.both_GRU")
class BidirectionalGRU(nn.GRU):
    """Both directions side by side: of all steps, or the last output of each."""

    def __init__(self, input_size, hidden_size, bias=True, sequences=False):
        super().__init__(input_size, hidden_size, bias=bias, batch_first=True, bidirectional=True)
        self.sequences = sequences

    def forward(self, x):
        outputs, last = super().forward(x)
        return outputs if self.sequences else torch.cat([last[0], last[1]], dim=-1)


@translation("keras.layers.LSTM")
def lstm(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, dropout=0.0, recurrent_dropout=0.0, return_sequences=False,
         return_state=False, go_backwards=False, stateful=False, made=None, **kwargs):
    if spelled(activation) == "tanh" and spelled(recurrent_activation) == "sigmoid" and dropout == 0 and recurrent_dropout == 0:
        if not return_state and not go_backwards and not stateful:
            return LSTM(made.cell.kernel.shape[0], units, bias=use_bias, sequences=return_sequences)


@translation("keras.layers.GRU")
def gru(units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, dropout=0.0, recurrent_dropout=0.0, return_sequences=False,
        return_state=False, go_backwards=False, stateful=False, reset_after=True, made=None, **kwargs):
    if spelled(activation) == "tanh" and spelled(recurrent_activation) == "sigmoid" and dropout == 0 and recurrent_dropout == 0 and reset_after:
        if not return_state and not go_backwards and not stateful:
            return GRU(made.cell.kernel.shape[0], units, bias=use_bias, sequences=return_sequences)


@translation("keras.layers.SimpleRNN")
def simple_rnn(units, activation="tanh", use_bias=True, dropout=0.0, recurrent_dropout=0.0, return_sequences=False, return_state=False,
               go_backwards=False, stateful=False, made=None, **kwargs):
    if activation in ("tanh", "relu") and dropout == 0 and recurrent_dropout == 0 and not return_state and not go_backwards and not stateful:
        return RNN(made.cell.kernel.shape[0], units, nonlinearity=activation, bias=use_bias, sequences=return_sequences)


@translation("keras.layers.Bidirectional")
def bidirectional(layer, merge_mode="concat", weights=None, backward_layer=None, made=None, **kwargs):
    if merge_mode == "concat" and backward_layer is None and kind_of(layer) in ("LSTM", "GRU") and not layer.return_state and not layer.go_backwards and layer.use_bias:
        if spelled(layer.activation) == "tanh" and spelled(layer.cell.recurrent_activation) == "sigmoid" and layer.cell.dropout == 0 and layer.cell.recurrent_dropout == 0:
            if kind_of(layer) == "LSTM":
                return BidirectionalLSTM(
                    made.forward_layer.cell.kernel.shape[0], made.forward_layer.units, sequences=made.forward_layer.return_sequences
                )
            if layer.cell.reset_after:
                return BidirectionalGRU(
                    made.forward_layer.cell.kernel.shape[0], made.forward_layer.units, sequences=made.forward_layer.return_sequences
                )
