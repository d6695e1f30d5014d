# Dictionaries keep insertion order; replaced keys keep their place, deleted ones lose it; merges and methods.
# entry: Net()
# input: f32[1,3]
from collections import Counter, OrderedDict, defaultdict, deque

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        d = {"a": 1, "b": 2, "c": 3}
        d["a"] = 5
        del d["b"]
        d["b"] = 4
        d |= {"z": 2, "c": 6}
        d.setdefault("y", 7)
        d.setdefault("a", 70)
        popped = d.pop("z") + d.pop("nothing", 1)
        last = d.popitem()
        for k, v in d.items():
            self.add_module(k, nn.Linear(3, v))
        o = OrderedDict(d)
        o.move_to_end("a")
        self.add_module("".join(o), nn.Linear(3, popped + last[1]))
        g = defaultdict(list)
        for i, k in enumerate("banana"):
            g[k].append(i)
        for k in g:
            self.add_module("g" + k, nn.Linear(3, sum(g[k]) + 1))
        c = Counter("banana")
        self.m = nn.Linear(3, c.most_common(1)[0][1] + c["q"])
        q = deque([1, 2, 3], maxlen=3)
        q.appendleft(9)
        self.q = nn.Linear(3, q.popleft() + q[-1])
        inverse = {v: k for k, v in d.items()}
        self.add_module("inv" + "".join(inverse.values()), nn.Linear(3, len(dict.fromkeys([1, 1, 2]))))
        self.n = nn.Linear(3, len(list(d.keys() & {"a", "c", "q"})) + len({**d, "k": 0}))

    def forward(self, x):
        return [m(x) for m in self.children()]
