# The rounding helper of mobile networks, with float multipliers that are not exact.
# entry: Net(0.35)
# input: f32[1,3,32,32]
import math

import torch.nn as nn


def make_divisible(v, divisor=8, min_value=None):
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


class Net(nn.Module):
    def __init__(self, mult):
        super().__init__()
        layers, i = [], 3
        for t, c, n, s in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 33, 1, 2)]:
            o = make_divisible(c * mult, 4 if mult == 0.1 else 8)
            for k in range(int(math.ceil(n * 1.1))):
                hidden = int(round(i * t))
                layers.append(nn.Conv2d(i, hidden, 1, bias=False))
                layers.append(nn.Conv2d(hidden, o, 3, s if k == 0 else 1, 1, groups=math.gcd(hidden, o)))
                i = o
        self.net = nn.Sequential(*layers)
        self.fc = nn.Linear(i, int(1280 * max(1.0, mult)) // 128)

    def forward(self, x):
        return self.fc(self.net(x).mean(3).mean(2))
