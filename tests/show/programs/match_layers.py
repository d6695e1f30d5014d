# match statements: literals, captures, or-patterns, sequences, mappings, classes, guards and the wildcard.
# entry: Net()
# input: f32[1,6,8]
from dataclasses import dataclass

import torch.nn as nn


@dataclass
class Conv:
    out: int
    kernel: int = 3


def make(i, spec):
    match spec:
        case "relu" | "ReLU":
            return i, nn.ReLU()
        case ("pool", k) if k > 1:
            return i, nn.MaxPool1d(k)
        case ("pool", _):
            return i, nn.Identity()
        case {"norm": kind, **rest}:
            return i, (nn.BatchNorm1d(i, **rest) if kind == "batch" else nn.InstanceNorm1d(i))
        case Conv(out=o, kernel=1):
            return o, nn.Conv1d(i, o, 1, bias=False)
        case Conv(o, k):
            return o, nn.Conv1d(i, o, k, padding=k // 2)
        case [first, *others]:
            layers = []
            for s in (first, *others):
                i, layer = make(i, s)
                layers.append(layer)
            return i, nn.Sequential(*layers)
        case None | False:
            return i, nn.Identity()
        case _:
            raise ValueError(spec)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        specs = ["relu", ("pool", 2), Conv(4), {"norm": "batch", "affine": False}, [Conv(8, 1), "ReLU", ("pool", 1)], None]
        i, layers = 6, []
        for s in specs:
            i, layer = make(i, s)
            layers.append(layer)
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)
