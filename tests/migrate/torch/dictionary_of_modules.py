"""A ModuleDict whose modules are attributes too, with a weight tied through one; a loop that only initialises, whose name a generator uses later."""
# entry: Model()
# input: i64[2,3]{0..4}
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = nn.ModuleDict(dict(
            table=nn.Embedding(5, 4),
            blocks=nn.ModuleList([nn.Linear(4, 4) for _ in range(2)]),
            drop=nn.Dropout(0.1),
        ))
        self.parts["extra"] = nn.Linear(4, 4)
        self.head = nn.Linear(4, 5, bias=False)
        self.parts.table.weight = self.head.weight  # tied
        for name, p in self.named_parameters():
            if name.endswith("weight"):
                torch.nn.init.normal_(p, std=0.02)
        self.size = sum(p.numel() for p in self.parts.parameters())

    def forward(self, x):
        x = self.parts.drop(self.parts.table(x))
        for block in self.parts.blocks:
            x = block(x)
        for name, module in self.parts.items():
            if name == "extra":
                x = x + module(x)
        return self.head(self.parts.extra(x))
