# An embedding, a bidirectional LSTM and a CRF-like transition table, with hidden state made in a method.
# entry: Tagger(20, 5, hidden=6)
# input: i64[3,7]{0..19}
import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, words, tags, hidden, layers=2):
        super().__init__()
        self.hidden_dim, self.layers = hidden, layers
        self.embed = nn.Embedding(words, 8)
        self.lstm = nn.LSTM(8, hidden // 2, num_layers=layers, bidirectional=True, batch_first=True)
        self.hidden2tag = nn.Linear(hidden, tags)
        self.transitions = nn.Parameter(torch.randn(tags, tags))
        self.transitions.data[0, :] = -10000
        for name, p in self.lstm.named_parameters():
            if "bias" in name:
                n = p.size(0)
                p.data[n // 4:n // 2].fill_(1.0)

    def init_hidden(self, batch):
        return (torch.randn(2 * self.layers, batch, self.hidden_dim // 2), torch.randn(2 * self.layers, batch, self.hidden_dim // 2))

    def forward(self, ids):
        out, self.state = self.lstm(self.embed(ids), self.init_hidden(ids.shape[0]))
        feats = self.hidden2tag(out)
        alpha = feats[:, 0]
        for t in range(1, feats.size(1)):
            alpha = torch.logsumexp(alpha.unsqueeze(2) + self.transitions[None] + feats[:, t].unsqueeze(1), dim=1)
        return alpha, feats
