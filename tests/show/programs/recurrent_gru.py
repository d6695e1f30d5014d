# GRU, RNN and the cells, run step by step in a loop over time.
# entry: Net()
# input: f32[7,3,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(5, 6, 2)
        self.rnn = nn.RNN(6, 4, nonlinearity="relu", bidirectional=True)
        self.cell = nn.LSTMCell(8, 5)
        self.gcell = nn.GRUCell(5, 5)
        self.rcell = nn.RNNCell(5, 2, bias=False)
        self.gru.flatten_parameters()

    def forward(self, x):
        y, h = self.gru(x, torch.zeros(2, x.shape[1], 6))
        z, hz = self.rnn(y)
        hx = cx = x.new_zeros(x.size(1), 5)
        outs = []
        for t in range(z.size(0)):
            hx, cx = self.cell(z[t], (hx, cx))
            hx = self.gcell(cx, hx)
            outs.append(self.rcell(hx))
        return y, h, hz, torch.stack(outs), hx
