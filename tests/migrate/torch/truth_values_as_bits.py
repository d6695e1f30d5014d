"""Bits of truth values and of small whole numbers, as masks of attention are put together."""
# entry: Net()
# input: ids=i64[2,5]{0..9}
# input: mask=bool[2,5]
# input: x=f32[2,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, ids, mask, x):
        near = (ids > 3) & mask
        lower = torch.tril(torch.ones(ids.size(1), ids.size(1))).type(torch.ByteTensor)
        both = mask.unsqueeze(2) & lower
        half = x.unsqueeze(2) * ((both | near.unsqueeze(1)) ^ (ids.byte() & True).unsqueeze(1)) + (ids & mask).unsqueeze(2)
        return half.masked_fill(both == 0, -1.0)
