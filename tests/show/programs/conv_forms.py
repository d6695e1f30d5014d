# Convolutions of every rank: tuples, dilation, groups, depthwise, without batch, functional with weights of one's own.
# entry: Net()
# input: f32[2,6,11,12]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(6, 12, (1, 5), stride=(2, 1), padding=(0, 2), dilation=(1, 2))
        self.b = nn.Conv2d(6, 6, 3, groups=6, bias=False)
        self.c = nn.Conv1d(6, 4, 3, 2)
        self.d = nn.Conv3d(2, 3, (1, 3, 3), padding=(0, 1, 1), padding_mode="zeros")
        self.w = nn.Parameter(torch.randn(4, 3, 3, 3))

    def forward(self, x):
        return (
            self.a(x), self.b(x), self.b(x[0]), self.c(x[..., 0]), self.d(x),
            F.conv2d(x, self.w, groups=2, padding="same"), F.conv2d(x, self.w, None, 2, 1, 1, 2),
            F.conv1d(x.flatten(2), self.c.weight, self.c.bias, stride=5), F.unfold(x, 3, padding=1, stride=2),
            F.fold(F.unfold(x, 2, stride=2), (10, 12), 2, stride=2) if False else nn.Unfold((2, 3), dilation=2)(x),
        )
