"""Tables of positions that are kept and handed out while they are long enough."""
# entry: Net()
# input: x=f32[2,4,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("steps", torch.arange(6).float())
        self.fc = nn.Linear(6, 6)
        self.table = None
        self.mask = None

    def get_table(self, n):
        if self.table is not None and self.table.shape[0] >= n:
            return self.table[:n]
        table = torch.arange(n).float()[:, None] * self.steps
        self.table = table
        return table

    def get_mask(self, n):
        if self.mask is not None and self.mask.shape[-1] >= n:
            return self.mask[:n, :n]
        mask = torch.ones((n, n), dtype=torch.bool).triu(1)
        self.mask = mask
        return mask

    def forward(self, x):
        n = x.shape[1]
        y = self.fc(x) + self.get_table(n)
        scores = y @ x.transpose(1, 2)
        return scores.masked_fill(self.get_mask(n), 0) @ x
