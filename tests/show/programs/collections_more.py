# deque rotations and maxlen, defaultdict, Counter arithmetic, ChainMap, OrderedDict order
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from collections import deque, defaultdict, Counter, ChainMap, OrderedDict

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        q = deque([1, 2, 3, 4], maxlen=3)
        q.rotate(1)
        q.appendleft(9)
        self.a = nn.ModuleList(nn.Linear(n, 1) for n in q)
        d = defaultdict(list)
        for i, k in enumerate("abca"):
            d[k].append(i)
        self.b = nn.ModuleDict({k: nn.Linear(len(v), sum(v) + 1) for k, v in d.items()})
        c = Counter("abracadabra")
        c.update("zz")
        c -= Counter("a")
        self.c = nn.ModuleDict({k: nn.Linear(n, 2) for k, n in c.most_common(3)})
        m = ChainMap({"x": 1}, {"x": 2, "y": 3})
        self.d = nn.Linear(8, m["x"] + m["y"] + len(m) + sum(c.values()))
        o = OrderedDict(a=nn.ReLU(), b=nn.Linear(2, 3), c=nn.Tanh())
        o.move_to_end("a")
        o.move_to_end("c", last=False)
        self.e = nn.Sequential(o)
        k, v = o.popitem(last=False)
        self.f = nn.Sequential(OrderedDict(reversed(list(o.items()))))
        n = defaultdict(lambda: 5, {"p": 2})
        self.g = nn.Linear(n["p"], n["q"] + len(n))
        w = {**{"a": 1, "b": 2}, "a": 3} | {"c": 4}
        w.setdefault("d", 6)
        w.pop("b", None)
        self.h = nn.ModuleDict({k: nn.Linear(v, v) for k, v in sorted(w.items(), key=lambda kv: -kv[1])})
    def forward(self, x):
        return self.d(x)
