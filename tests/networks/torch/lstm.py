"""Sentiment of a text: a bidirectional LSTM, and a second one that keeps its last output."""
# entry: SentimentLSTM()
# input: i64[2,50]{0..9999}
import torch
from torch import nn


class SentimentLSTM(nn.Module):
    def __init__(self, vocab_size: int = 10000, embed_dim: int = 326, hidden: int = 40, num_classes: int = 2):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.encoder = nn.LSTM(embed_dim, hidden, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.2)
        self.reader = nn.LSTM(2 * hidden, hidden, batch_first=True)
        self.fc1 = nn.Linear(hidden, hidden)
        self.relu = nn.ReLU()
        self.fc2 = nn.Linear(hidden, num_classes)
        self.softmax = nn.Softmax(dim=1)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        x = self.embedding(tokens)
        x, (_, _) = self.encoder(x)
        x = self.dropout(x)
        _, (h_n, _) = self.reader(x)
        x = self.relu(self.fc1(h_n[-1]))
        return self.softmax(self.fc2(x))
