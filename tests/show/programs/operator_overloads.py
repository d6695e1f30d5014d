# Operators of plain classes: arithmetic, reflected, in-place, comparison, indexing, contains, hash and bool.
# entry: Net()
# input: f32[1,3]
import functools

import torch.nn as nn


@functools.total_ordering
class Width:
    def __init__(self, n):
        self.n = n

    def __add__(self, o):
        return Width(self.n + (o.n if isinstance(o, Width) else o))

    __radd__ = __add__

    def __mul__(self, o):
        return Width(self.n * o)

    def __rmul__(self, o):
        return Width(o * self.n + 100)

    def __isub__(self, o):
        self.n -= o
        return self

    def __floordiv__(self, o):
        return self.n // o

    def __neg__(self):
        return Width(-self.n)

    def __lt__(self, o):
        return self.n < o.n

    def __eq__(self, o):
        return self.n == o.n

    def __hash__(self):
        return 1

    def __int__(self):
        return self.n

    def __index__(self):
        return self.n

    def __bool__(self):
        return self.n > 0

    def __getitem__(self, i):
        return self.n * i if isinstance(i, int) else [self.n] * len(i)

    def __setitem__(self, i, v):
        self.n = i + v

    def __call__(self, *a):
        return sum(a, self.n)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        w = Width(4)
        alias = w
        alias -= 1
        widths = [int(w + 2), int(2 + w), int(w * 2), int(2 * w), w // 2, int(sum([w, w])), 5 if -w else 6, w[3], len(w["ab"]), w(1, 2),
                  max(w, Width(9)).n, 7 if w >= Width(3) else 8, len({w, Width(3), Width(5)}), int(sorted([Width(2), Width(1)])[0]), [10, 20, 30, 40][w]]
        w[1] = 1
        widths.append(w.n)
        self.layers = nn.ModuleList(nn.Linear(3, int(n)) for n in widths)

    def forward(self, x):
        return [m(x) for m in self.layers]
