# How much a slice takes is in a tensor: as a size of the result nobody knows it.
# entry: Net()
# input: i64[3]{1..9}
# expect: refused
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.mask = torch.ones(20, 20, dtype=torch.bool)

    def forward(self, lengths):
        longest = torch.max(lengths)
        return self.mask[lengths - 1][..., :longest], lengths.repeat(lengths[0]), lengths.new_zeros(int(longest), 2)
