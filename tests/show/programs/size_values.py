# torch.Size as a tuple: concatenation, slices, numel, comparison, unpacking into calls.
# entry: Net()
# input: f32[2,3,4,5]
import math

import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        s = x.shape
        a = torch.zeros(s[:2] + (7,))
        b = torch.zeros(*s[1:], s.numel() // 60)
        c = x.view(s[0], *(1,) * 2, -1)
        d = x.new_zeros(x.size()[::-1])
        e = x.reshape(*s[:-2], s[-2] * s[-1])
        f = torch.ones(math.prod(s[2:]))
        g = x.expand(torch.Size([6]) + s)
        n, c1, *hw = s
        h = torch.zeros(tuple(hw) * 2)
        i = torch.zeros([d // 2 for d in s])
        return a, b, c, d, e, f, g, h, i, x if list(s) == [2, 3, 4, 5] and s == torch.Size((2, 3, 4, 5)) and 4 in s else None
