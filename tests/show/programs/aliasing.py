# Lists and dicts are shared, not copied: += on a list changes the alias, + makes a new one; tuples and ints do not.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


def grow(dims, extra=None):
    dims += [9]
    dims = dims + [10]
    dims.append(11)
    return dims


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        a = [1, 2]
        b = a
        b += [3]
        c = a + [4]
        self.a = nn.Linear(4, len(a) + len(c))
        d = grow(a)
        self.b = nn.Linear(4, len(a) * 10 + len(d))
        t = (1,)
        u = t
        u += (2,)
        self.c = nn.Linear(4, len(t) + 4)
        rows = [[0] * 2] * 3
        rows[0][1] = 5
        self.d = nn.Linear(4, sum(map(sum, rows)))
        d1 = {"x": [1]}
        d2 = dict(d1)
        d2["x"].append(2)
        d2["y"] = 1
        self.e = nn.Linear(4, len(d1["x"]) + len(d1))
        e = a[:]
        e.clear()
        self.f = nn.Linear(4, len(a) + len(e))
        args = list(range(3))
        for x in args[:]:
            args.remove(x) if x == 1 else None
        self.g = nn.Linear(4, sum(args))

    def forward(self, x):
        return [m(x) for m in self.children()]
