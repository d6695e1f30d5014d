# Star targets, nested targets, swaps, unpacking of strings, dicts and calls, star in literals.
# entry: Net((3, 5, 7, 9))
# input: f32[1,3]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dims):
        super().__init__()
        first, *middle, last = dims
        (a, b), c = middle, last
        a, b = b, a
        *head, tail = "xyz"
        k1, k2 = {"p": 1, "q": 2}
        self.one = nn.Linear(first, a)
        self.two = nn.Linear(a, b)
        self.three = nn.Linear(b, c)
        self.four = nn.Linear(*[c], *(len(head) + len(tail),), **{"bias": False})
        merged = {**{"in_features": 3, "out_features": 1}, **dict(out_features=6)}
        self.five = nn.Linear(**merged)
        for name, (i, o) in (("u", (3, 1)), ("v", (1, 2))):
            self.add_module(k1 + name + k2, nn.Linear(i, o))
        x = y = z = [1]
        y.append(2)
        self.six = nn.Linear(3, len(x) + len(z))

    def forward(self, x):
        first, *others = self.one(x).split(1, dim=1)
        n, d = x.shape
        *lead, width = x.size()
        y = self.four(self.three(self.two(self.one(x))))
        return first, len(others) * y, self.five(x).view(*lead, width * 2), self.pvq(self.puq(x)), self.six(x)
