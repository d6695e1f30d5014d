"""Embedding, a bidirectional LSTM and a GRU."""
# entry: Tagger(20, 6, 5, 3)
# input: ids=i64[2,7]{0..19}
import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, vocab, dim, hidden, classes):
        super().__init__()
        self.embedding = nn.Embedding(vocab, dim, padding_idx=0)
        self.lstm = nn.LSTM(dim, hidden, num_layers=2, batch_first=True, bidirectional=True, dropout=0.2)
        self.gru = nn.GRU(2 * hidden, hidden, batch_first=True)
        self.out = nn.Linear(hidden, classes)

    def forward(self, ids):
        x = self.embedding(ids)
        x, (h, c) = self.lstm(x)
        x, last = self.gru(x)
        return self.out(x), torch.cat((h[-2], h[-1]), dim=1), last.squeeze(0)
