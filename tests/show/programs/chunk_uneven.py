# chunk and split with sizes that do not divide, tensor_split, unbind, and unpacking of the results.
# entry: Net()
# input: f32[2,7,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        a = x.chunk(3, dim=1)
        b = torch.chunk(x, 5, 1)
        c = torch.split(x, 3, dim=1)
        d, e = x.split([2, 5], dim=1)
        f = x.tensor_split(3, dim=1)
        g = torch.tensor_split(x, (1, 4), dim=1)
        first, *rest = torch.unbind(x, dim=2)
        h = x.unbind()
        i, j = x.chunk(2, -1)
        return a, b, c, d, e, f, g, first, torch.stack(rest, -1), len(h) * i, torch.hsplit(x, [3]), torch.vsplit(x, 2), j
