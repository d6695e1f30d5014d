# Slices of lists, tuples and strings: negative steps, out-of-range bounds, slice objects, slice assignment and del.
# entry: Net()
# input: f32[1,2]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        dims = [2, 3, 4, 5, 6]
        self.a = nn.Linear(2, dims[-2:][0])
        self.b = nn.Linear(dims[::-1][1], sum(dims[10:], 1))
        s = slice(1, None, 2)
        self.c = nn.Linear(2, sum(dims[s]))
        dims[1:3] = [7]
        del dims[0]
        self.d = nn.Linear(2, dims[0] + len(dims))
        name = "conv_block_out"
        self.add_module(name[5:-4][::-1], nn.Linear(2, len(name[:-100]) + 1))
        self.e = nn.Linear(2, (1, 2, 3)[:-1][-1])

    def forward(self, x):
        return self.b(self.a(x)), self.c(x), self.d(x), self.kcolb(x), self.e(x)
