# Squeeze and excitation with reductions, inverted residual blocks from a table, channel shuffle.
# entry: Net()
# input: f32[1,3,32,32]
import torch
import torch.nn as nn


def shuffle(x, groups):
    b, c, h, w = x.size()
    x = x.view(b, groups, c // groups, h, w)
    return torch.transpose(x, 1, 2).contiguous().view(b, -1, h, w)


class SE(nn.Module):
    def __init__(self, c, ratio=0.25, gate=nn.Sigmoid):
        super().__init__()
        mid = max(1, int(c * ratio))
        self.fc = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(c, mid, 1), nn.ReLU(), nn.Conv2d(mid, c, 1), gate())

    def forward(self, x):
        return x * self.fc(x)


class Inverted(nn.Module):
    def __init__(self, i, o, stride, t, se):
        super().__init__()
        h = i * t
        self.use_res = stride == 1 and i == o
        layers = [] if t == 1 else [nn.Conv2d(i, h, 1, bias=False), nn.BatchNorm2d(h)]
        layers.extend([nn.Conv2d(h, h, 3, stride, 1, groups=h, bias=False), SE(h) if se else nn.Identity(), nn.Conv2d(h, o, 1)])
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return shuffle(x + self.conv(x) if self.use_res else self.conv(x), 2)


class Net(nn.Module):
    cfg = [[1, 8, 1, 1, False], [4, 12, 2, 2, True]]

    def __init__(self):
        super().__init__()
        feats, i = [nn.Conv2d(3, 8, 3, 2, 1)], 8
        for t, c, n, s, se in self.cfg:
            for k in range(n):
                feats.append(Inverted(i, c, s if k == 0 else 1, t, se))
                i = c
        self.features = nn.Sequential(*feats)
        x1, x2 = divmod(i, 5)
        self.fc = nn.Linear(i, x1 + x2)

    def forward(self, x):
        a, b = self.features(x).chunk(2, dim=1)
        return self.fc(torch.cat((b, a), dim=1).mean([2, 3]))
