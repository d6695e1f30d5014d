# extended slices, assignment and deletion of slices, negative steps, sort stability with key, set order irrelevant, dict views
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        a = list(range(10))
        a[2:5] = [20]
        a[::3] = [1] * len(a[::3])
        del a[-2:]
        a.insert(-1, 6)
        a[len(a):] = [2, 3]
        self.a = nn.ModuleList(nn.Linear(n + 1, 1) for n in a[::-2])
        b = sorted([("b", 2), ("a", 2), ("c", 1)], key=lambda t: t[1], reverse=True)
        self.b = nn.ModuleDict({k: nn.Linear(v, 1) for k, v in b})
        c = [3, 1, 2]; d = c; d.sort(); e = c[:]; e.reverse()
        self.c = nn.ModuleList(nn.Linear(n, 1) for n in [*c, *e])
        f = {"x": 1, "y": 2}
        g = f.items()
        f["z"] = 3
        self.d = nn.Linear(8, len(g) + len({1, 2} & {2, 3}) + len({1} ^ {2}) + len(set("hello")))
        h = [[0] * 2] * 3
        h[0][0] = 4
        self.e = nn.Linear(8, sum(map(sum, h)))
        x, (y, *z), w = 1, (2, 3, 4), 5
        self.f = nn.Linear(8, x + y + sum(z) + w)
        i = j = [1]
        i += [2]
        self.g = nn.Linear(8, len(j))
        t = (1, [2])
        t[1].append(3)
        self.h = nn.Linear(8, len(t[1]))
        s = slice(1, None, 2)
        self.i = nn.Linear(8, sum(range(10)[s]) + len(range(10, 0, -3)) + (5 in range(0, 10, 5)) + range(3, 9).index(5))
        q = dict(zip("ab", (1, 2))); q.update(c=3); q |= {"a": 9}
        self.j = nn.ModuleDict({k: nn.Linear(1, v) for k, v in reversed(q.items())})
        k, l = 1, 2
        k, l = l, k
        m = [0, 1, 2]; n = 0
        n, m[n] = 2, 7
        self.k = nn.Linear(k + l, m[2] * 10 + m[0] + 1)
    def forward(self, x):
        return self.d(x)
