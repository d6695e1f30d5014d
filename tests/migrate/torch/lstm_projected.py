"""Projected states in two layers and both directions."""
# entry: Net()
# input: x=f32[3,2,5]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(5, 6, num_layers=2, proj_size=3, bidirectional=True, dropout=0.3)

    def forward(self, x):
        out, (h, c) = self.rnn(x)
        return out, h, c
