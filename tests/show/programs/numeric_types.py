# bool, int and float mix; int() and float() of strings; true division gives floats.
# entry: Net(64)
# input: f32[1,3]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(3, int(n / 3) + int("12") + int(float("2.9")))
        self.b = nn.Linear(3, 2 ** 60 % 97)
        self.c = nn.Linear(3, len(str(2 ** 50)) + (10 ** 15 // 10 ** 14))
        self.d = nn.Linear(3, int(1e3) // 100 + (n // 2.0 == 32.0) + 0x1F + 0b11 + 0o17 + 1_000 // 500)
        self.e = nn.Linear(3, int((0.1 + 0.2) * 10) + int(0.29 * 100) + int(19.999999999999999999) // 10)
        self.f = nn.Linear(3, sum([True, False, 2]) + isinstance(n / 2, float) + (5).bit_length() + int(-(-7) / 2))
        self.g = nn.Linear(3, min(8.0, 5) if isinstance(min(8.0, 5), int) else 1)
        self.h = nn.Linear(3, round(-0.5) + round(1.5) + (7).__floordiv__(2))
        self.i = nn.Linear(3, int(3.7 // 1) + int(float("1e2")) + (1).__class__(4.9) + hash(3) + (2).real)

    def forward(self, x):
        return [m(x) for m in self.children()]
