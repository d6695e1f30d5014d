# floor division and modulo of negatives, round half even, int of float and string, divmod, pow with modulus, bit operations, math
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

import math
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        v = [-7 // 2 + 10, -7 % 3 + 1, round(2.5), round(3.5), round(-0.5) + 1, int(-3.9) + 5, int("12"), int(7.99), divmod(-7, 3)[1] + 1, pow(3, 4, 5),
             1 << 3, 0b101 ^ 0b11, ~5 + 10, 7 & 3 | 8, math.ceil(7 / 2), math.floor(-2.5) + 5, int(math.log2(64)), math.gcd(12, 18), math.comb(5, 2), math.isqrt(17),
             int(8 ** 0.5 * 4), int(1e3) // 100, abs(-4), int(True) + 1, sum([True, True, False]), len(bin(10)), int(math.copysign(3, -1)) + 5, int(math.sqrt(50)),
             int(round(2.675, 2) * 100), int(0.1 * 3 * 10), max(3, 1.5, True), min([4, 2, 8], key=lambda a: -a), int(math.pi * 2), math.prod([2, 3]), int(math.fmod(7, 4)), int(-7 / 2) + 5,
             int(math.exp(2)), int(5 / 2), 2 ** -1 == 0.5 and 4, (5).bit_length(), int(float("3.5") + float("1e1")), hash(3), round(1234, -2) // 100, int(math.degrees(math.pi)) // 60, int(10 * math.sin(1)), math.trunc(9.9), int("1_000") // 100, int(abs(3.0))]
        self.v = nn.ModuleList(nn.Linear(1, max(1, int(n))) for n in v)
        self.w = nn.Linear(1, 5 if 0.1 + 0.2 != 0.3 else 6)
        self.x = nn.Linear(1, 3 if float("inf") > 10 ** 10 and float("nan") != float("nan") else 2)
    def forward(self, x):
        return x
