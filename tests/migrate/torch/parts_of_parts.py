"""A table that is filled by x[i][j] = value: parts of parts, with numbers in front."""
# entry: Net()
# input: f32[2,4]
import torch
import torch.nn as nn


def table(sizes):
    places = torch.zeros(sizes[0], len(sizes))
    for i in range(sizes[0]):
        places[i][0] = i
        for j in range(1, len(sizes)):
            places[i][j] = min(i // 2, sizes[j] - 1)
    return places.long()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, x):
        h = self.linear(x)
        return h[:, table([4, 2, 1])]
