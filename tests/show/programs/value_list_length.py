# A list that grows depending on values: the number of outputs cannot be known.
# entry: Net()
# input: f32[6,4]
# expect: refused
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        kept = []
        for row in x:
            if row.sum() > 0:
                kept.append(row)
        return kept
