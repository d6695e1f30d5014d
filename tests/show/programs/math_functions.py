# The math module's functions as builders use them.
# entry: Net()
# input: f32[1,3]
import math
import operator

import numpy as np
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [
            math.ceil(7 / 2), math.floor(9.99), int(math.sqrt(50)), math.gcd(12, 18), math.lcm(4, 6), math.prod([2, 3, 4]), math.comb(5, 2),
            int(math.pow(2, 5)), math.trunc(3.99), int(math.log(1000, 10) + 0.5), int(math.exp(2)), round(math.pi), math.factorial(4),
            int(math.log10(1000)), int(math.fabs(-4.5)), int(math.hypot(3, 4)), int(10 * math.cos(0)), operator.mul(3, 4), operator.floordiv(9, 2),
            int(np.prod((2, 3))), int(np.ceil(2.1)), int(np.log2(16)), int(np.floor(3.9)), int(np.array([1, 2, 3]).sum()), max(np.linspace(1, 5, 3).astype(int).tolist()),
            int(np.sqrt(81)), len(np.arange(3, 9, 2)), int(np.arange(6)[::-1][0]), int(np.array([[1, 2, 3], [4, 5, 6]])[:, ::-2][1, 0]), np.zeros((4, 9))[::-1, 7:1:-3].shape[1], 1 + math.isclose(0.1 + 0.2, 0.3) + math.isinf(math.inf) + math.isnan(math.nan),
        ]
        self.layers = nn.ModuleList([nn.Linear(3, s) for s in sizes])

    def forward(self, x):
        return [m(x) for m in self.layers]
