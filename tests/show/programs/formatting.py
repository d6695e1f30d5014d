# str.format, f-string specs and conversions, percent formatting, zfill, center as names of modules
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        n, pi, name = 7, 3.14159, "conv"
        keys = ["{:03d}".format(n), "{name}_{0}".format(n, name=name), "%s-%02d" % (name, n), f"{name!r:>8}".strip().replace("'", ""),
                f"{n:>4}".replace(" ", "_"), f"{pi:.2f}".replace(".", "p"), f"{n:b}", f"{255:x}", f"{1234567:,}", f"{0.5:.0%}", f"{n=}",
                "{0[0]}{0[1]}".format([1, 2]), "{:^7}".format("ab").replace(" ", "*"), f"{'x'*3}", f"{n + 1:0{3}d}", "{!s}".format(None),
                "%(a)d_%(b)s" % {"a": 1, "b": "z"}, "%5.1f" % pi, "%e" % 1234.5, "%r" % "q", f"{True}", f"{1e-5}", f"{1e20:g}", f"{12.0}",
                name.upper().center(8, "-"), "a,b,,c".split(",")[-1], "a b  c".split().__len__().__str__(), "x".join(["1", "2"]), name.zfill(6),
                name[::-1], name.title(), name.partition("n")[0], "abc".translate(str.maketrans("ab", "xy")), "%x" % 254, "{:+d}".format(5), "{:e}".format(0.00012),
                "Ünï".lower(), "a\tb".expandtabs(4), f"{[1, 'a', None]}", f"{ {'k': (1,)} }", f"{(1,)}", f"{3.0*2}", str(1/3), repr(0.1+0.2), str(-0.0), str(1e16), f"{10**6:_}", f"{n:<03}x", f"{n:^05}y", f"{-7//2}{-7%3}"]
        self.m = nn.ModuleDict({k.replace(".", "_"): nn.Linear(1, 1) for k in keys})
    def forward(self, x):
        return x
