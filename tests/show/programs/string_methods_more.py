# string predicates and searches deciding on structure, bytes, regular expressions, textwrap
# entry: Net()
# input: f32[1,3,16,16]
import torch
import torch.nn as nn
import torch.nn.functional as F

import re
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        code = "c32k3s2_r-p2_l10"
        mods, c = [], 3
        for tok in re.split("[_-]", code):
            m = re.fullmatch(r"c(?P<o>\d+)k(?P<k>\d+)(?:s(?P<s>\d))?", tok)
            if m:
                d = {k: int(v) for k, v in m.groupdict().items() if v}
                mods.append(nn.Conv2d(c, d["o"], d["k"], d.get("s", 1)))
                c = d["o"]
            elif tok == "r":
                mods.append(nn.ReLU())
            elif tok.startswith("p"):
                mods.append(nn.AdaptiveAvgPool2d(int(tok[1:])))
            elif tok[0] == "l" and tok[1:].isdigit():
                mods += [nn.Flatten(), nn.LazyLinear(int(tok.lstrip("l")))]
        self.body = nn.Sequential(*mods)
        s = "Hello World"
        self.n = nn.ModuleDict({re.sub(r"(?<!^)(?=[A-Z])", "_", "CamelCaseName").lower(): nn.Linear(1, s.find("World") + s.count("o") + s.index("l")),
            "".join(ch for ch in s if ch.isalpha()).casefold(): nn.Linear(1, len(re.findall("o", s)) + len(s.splitlines()) + s.rfind("o")),
            s.swapcase().removeprefix("hELLO ").removesuffix("D"): nn.Linear(1, len(b"abc") + b"a"[0] // 10 + ord("a") // 10),
            "-".join(reversed(s.split())): nn.Linear(1, len(s.strip("Hd")) + ("wor" in s.lower()) + s.endswith(("x", "d")))})
        self.m = nn.ModuleDict({str(k): nn.Linear(1, v) for k, v in {"".join(map(chr, range(97, 100))): 3, chr(65): 4, "é".encode().hex(): 5}.items()})
    def forward(self, x):
        return self.body(x)
