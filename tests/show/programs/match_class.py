# match with class patterns, mappings, sequences, guards, or patterns, captures
# entry: Net()
# input: f32[1,3,24,24]
import torch
import torch.nn as nn
import torch.nn.functional as F

from dataclasses import dataclass

@dataclass
class Conv:
    c: int
    k: int = 3

@dataclass
class Pool:
    k: int

class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y

def build(spec, c):
    match spec:
        case Conv(c=o, k=1):
            return nn.Conv2d(c, o, 1, bias=False), o
        case Conv(o, k) if k % 2:
            return nn.Conv2d(c, o, k, padding=k // 2), o
        case Pool(k=(2 | 3) as k):
            return nn.MaxPool2d(k), c
        case {"type": "bn", **rest}:
            return nn.BatchNorm2d(c, **rest), c
        case ["up", int(s)] | ("up", s):
            return nn.Upsample(scale_factor=s), c
        case ["seq", first, *others]:
            m1, c1 = build(first, c)
            ms = [m1]
            for other in others:
                m, c1 = build(other, c1)
                ms.append(m)
            return nn.Sequential(*ms), c1
        case Pt(x=0, y=v) | Pt(v, _):
            return nn.Conv2d(c, v, 1), v
        case "relu" | "gelu" as name:
            return {"relu": nn.ReLU, "gelu": nn.GELU}[name](), c
        case None:
            return nn.Identity(), c
        case str() as s:
            return getattr(nn, s)(), c
        case _:
            raise ValueError(spec)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        c, out = 3, []
        for s in [Conv(8, 1), Conv(6), Pool(2), {"type": "bn", "eps": 1e-3}, ["up", 2], ("seq", Conv(4, 5), "relu", Pool(3)), Pt(0, 7), Pt(5, 2), None, "Tanh", "gelu"]:
            m, c = build(s, c)
            out.append(m)
        self.body = nn.Sequential(*out)
    def forward(self, x):
        return self.body(x)
