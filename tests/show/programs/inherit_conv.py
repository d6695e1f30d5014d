# Subclasses of nn.Conv2d: one computes the padding before super(), one replaces the weight in its own forward.
# entry: Net()
# input: f32[1,2,9,9]
import torch.nn as nn
import torch.nn.functional as F


class SameConv(nn.Conv2d):
    def __init__(self, i, o, kernel_size, **kw):
        super().__init__(i, o, kernel_size, padding=kernel_size // 2, **kw)


class StdConv(nn.Conv2d):
    def forward(self, x):
        w = self.weight
        w = (w - w.mean((1, 2, 3), keepdim=True)) / (w.std((1, 2, 3), keepdim=True) + 1e-5)
        return F.conv2d(x, w, self.bias, self.stride, self.padding, self.dilation, self.groups)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = SameConv(2, 4, 5, stride=2)
        self.b = StdConv(4, 6, (3, 1), groups=2, bias=False)

    def forward(self, x):
        return self.b(self.a(x))
