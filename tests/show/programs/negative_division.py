# Integer division, modulo, rounding, powers and bit operations with negative numbers, as Python defines them.
# entry: Net()
# input: f32[1,3]
import math

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        values = {
            "floor": -7 // 2 + 10,
            "mod": -7 % 3 + 1,
            "modn": 7 % -3 + 5,
            "int": int(-2.7) + 5,
            "round_even": round(2.5) + round(3.5),
            "power": 2 ** 3 ** 2 // 100,
            "unary": -2 ** 2 + 6,
            "shift": (1 << 4) >> 2 | 1,
            "xor": 6 ^ 3,
            "inv": ~-4,
            "true": True + True,
            "divmod": sum(divmod(-7, 2)) + 9,
            "fdiv": int(7.5 // 2),
            "fmod": int(-7.5 % 2 * 10),
            "ceil": math.ceil(-1.5) + 3,
            "floorf": math.floor(-1.5) + 3,
            "ceildiv": -(-7 // 2),
            "isqrt": math.isqrt(17),
            "log": int(math.log2(8)),
            "round2": int(round(3.14159, 2) * 100),
            "roundn": round(1234, -2) // 100,
        }
        self.layers = nn.ModuleDict({k: nn.Linear(3, v) for k, v in values.items()})

    def forward(self, x):
        return [m(x) for m in self.layers.values()]
