# String methods as used to pick names and settings.
# entry: Net("r2_k3_s22_e6_i16_o24_se0.25")
# input: f32[1,3]
import re

import torch.nn as nn


def decode(text):
    options = {}
    for part in text.split("_"):
        pieces = re.split(r"(\d.*)", part)
        if len(pieces) >= 2:
            key, value = pieces[:2]
            options[key] = value
    return options


class Net(nn.Module):
    def __init__(self, text):
        super().__init__()
        o = decode(text)
        self.a = nn.Linear(3, int(o["i"]))
        self.b = nn.Linear(int(o["i"]), int(o["o"]) // int(o["s"][0]))
        self.c = nn.Linear(12, max(1, int(3 * 16 * float(o["se"]))))
        name = "  Conv-Block.One ".strip().lower().replace("-", "_")
        left, dot, right = name.partition(".")
        self.add_module(left.title().swapcase(), nn.Linear(12, name.count("o")))
        self.add_module(right.upper().center(7, "_").rstrip("_"), nn.Linear(12, name.find("b")))
        self.add_module("x".join(map(str, range(3))).zfill(8), nn.Linear(12, int("0x1f", 16) // 4))
        self.ok = name.startswith(("conv", "dense")) and not right.isdigit() and "abc".isalpha() and name.endswith("one")
        self.d = nn.Linear(12, len("a,b,,c".split(",")) + len(" a  b ".split()) + len("abcabc".removeprefix("abc")) if self.ok else 1)
        self.e = nn.Linear(12, ord("b") - ord("a") + "hello".index("l") + len("a-b-c".rsplit("-", 1)) + len(chr(65) * 2))

    def forward(self, x):
        x = self.b(self.a(x))
        return self.c(x), self.d(x), self.e(x)
