"""One table for the way in and the way out, positions as a parameter."""
# entry: LM(11, 4)
# input: i64[2,3]{0..10}
import torch
import torch.nn as nn
import torch.nn.functional as F


class LM(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.wte = nn.Embedding(vocab, dim)
        self.pos = nn.Parameter(torch.zeros(1, 8, dim))
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.wte.weight

    def forward(self, ids):
        x = self.wte(ids) + self.pos[:, : ids.shape[1]]
        return self.head(x), F.linear(x, self.wte.weight)
