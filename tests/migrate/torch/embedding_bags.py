"""Bags with a padding index, with weights, and maxima."""
# entry: Net()
# input: ids=i64[3,4]{0..7}
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.s = nn.EmbeddingBag(8, 5, mode="sum", padding_idx=0)
        self.m = nn.EmbeddingBag(8, 5, padding_idx=2)
        self.x = nn.EmbeddingBag(8, 5, mode="max")

    def forward(self, ids):
        w = torch.arange(12, dtype=torch.float32).view(3, 4)
        return self.s(ids, per_sample_weights=w), self.m(ids), self.x(ids)
