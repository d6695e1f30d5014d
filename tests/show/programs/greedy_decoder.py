# A decoder that feeds its own argmax back for a fixed number of steps, collecting logits.
# entry: Net(12, 6, steps=4)
# input: f32[2,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, vocabulary, dim, steps):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, dim)
        self.cell = nn.GRUCell(dim, dim)
        self.out = nn.Linear(dim, vocabulary)
        self.steps = steps

    def forward(self, h, start=1):
        token = torch.full((h.size(0),), start, dtype=torch.long, device=h.device)
        logits, tokens = [], []
        for _ in range(self.steps):
            h = self.cell(self.embed(token), h)
            step = self.out(h)
            token = step.argmax(dim=-1)
            logits.append(step)
            tokens.append(token)
        return torch.stack(logits, dim=1), torch.stack(tokens, 1), h
