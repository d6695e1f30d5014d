"""Sentiment of a text: two branches of convolutions over the words, joined and read by a GRU."""
# entry: CNNRNN()
# input: i64[2,50]{0..4999}
import torch
from torch import nn


class CNNRNN(nn.Module):
    def __init__(self, vocab_size=5000, embed_dim=50, filters=200, hidden=100):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.embedding_dropout = nn.Dropout(0.5)
        self.conv4 = nn.Conv1d(embed_dim, filters, 4)
        self.pool4 = nn.MaxPool1d(2)
        self.conv5 = nn.Conv1d(embed_dim, filters, 5)
        self.pool5 = nn.MaxPool1d(2)
        self.dropout = nn.Dropout(0.15)
        self.gru = nn.GRU(2 * filters, hidden, batch_first=True)
        self.hidden = nn.Linear(hidden, 400)
        self.hidden_dropout = nn.Dropout(0.1)
        self.out = nn.Linear(400, 1)
        self.relu = nn.ReLU()
        self.sigmoid = nn.Sigmoid()

    def forward(self, tokens):
        x = self.embedding_dropout(self.embedding(tokens))
        x = x.permute(0, 2, 1)  # words last for the convolutions
        a = self.pool4(self.relu(self.conv4(x))).permute(0, 2, 1)
        b = self.pool5(self.relu(self.conv5(x))).permute(0, 2, 1)
        x = self.dropout(torch.cat((a, b), dim=-1))
        x, _ = self.gru(x)
        x = x[:, -1, :]  # the last word
        x = self.hidden_dropout(self.relu(self.hidden(x)))
        return self.sigmoid(self.out(x))
