# How floats and ints print: names that come from str(), repr(), format specs and rounding.
# entry: Net()
# input: f32[1,2]
import torch.nn as nn


def clean(s):
    return s.replace(".", "p").replace("-", "m").replace("+", "q")


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        values = [0.1 + 0.2, 1.0, 1e16, 1e-5, 1e22, 123456789.123, 0.5, 2 / 3, float("inf"), -0.0, 100, 1e3, 5e-324]
        for i, v in enumerate(values):
            self.add_module(clean(f"v{i}_{v}"), nn.Identity())
            self.add_module(clean(f"f{i}_{v:.3f}"), nn.Identity())
            self.add_module(clean(f"g{i}_{v:g}"), nn.Identity())
            self.add_module(clean(f"e{i}_{v:.1e}"), nn.Linear(2, 1))
        self.add_module(clean(f"{0.25:.0%}"), nn.Linear(2, 1))
        self.add_module(f"{255:x}_{255:#X}_{5:b}_{8:o}_{1234567:,}_{42:+d}_{3:03d}", nn.Linear(2, 1))
        self.add_module(clean(str(True) + str(None) + str((1, 2.0)) + str([1, "a"])), nn.Linear(2, 1))
        self.add_module(clean("%.3f|%5d|%s|%r|%e|%g|%x" % (1.5, 42, "s", "r", 1e5, 0.0001, 255)), nn.Linear(2, 1))

    def forward(self, x):
        return sum(m(x) for m in self.children() if isinstance(m, nn.Linear))
