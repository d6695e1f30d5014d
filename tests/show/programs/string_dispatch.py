# Classes found by name: globals(), getattr on modules, eval-free factories, importlib.
# entry: Net("Linear", act="GELU", block="Block")
# input: f32[1,4]
import importlib
import sys

import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, n)

    def forward(self, x):
        return self.fc(x)


class Net(nn.Module):
    def __init__(self, layer, act, block):
        super().__init__()
        self.a = getattr(torch.nn, layer)(4, 5)
        self.b = globals()[block](5)
        self.c = getattr(sys.modules[__name__], block)(5)
        self.act = getattr(importlib.import_module("torch.nn"), act)()
        self.fn = getattr(torch.nn.functional, "re" + "lu")
        self.op = getattr(self, f"op_{layer.lower()}")

    def op_linear(self, x):
        return x.unsqueeze(0)

    def forward(self, x):
        return self.op(getattr(torch, "sigmoid")(self.fn(self.act(self.c(self.b(self.a(x)))))))
