# LSTM outputs: layers, both directions, batch first, projections, given state, without batch.
# entry: Net()
# input: f32[3,7,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.LSTM(5, 6, num_layers=2, batch_first=True, bidirectional=True, dropout=0.1)
        self.b = nn.LSTM(5, 6, proj_size=4, bias=False)
        self.c = nn.LSTM(12, 3, batch_first=True)

    def forward(self, x):
        y, (h, c) = self.a(x)
        z, state = self.b(x)
        h0 = torch.zeros(1, x.size(0), 3)
        w, (hn, _) = self.c(y, (h0, h0))
        u = self.c(y[0])[0]
        return y, h, c, z, state, w[:, -1], hn.squeeze(0), u, torch.cat((h[-2], h[-1]), dim=1)
