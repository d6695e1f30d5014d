# sorted and list.sort with key, reverse and stability; min/max with key and default.
# entry: Net()
# input: f32[1,3]
from operator import attrgetter, itemgetter

import torch.nn as nn


class Spec:
    def __init__(self, name, width):
        self.name, self.width = name, width


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        specs = [Spec("c", 4), Spec("a", 6), Spec("d", 4), Spec("b", 2)]
        for s in sorted(specs, key=lambda s: (-s.width, s.name)):
            self.add_module("x" + s.name, nn.Linear(3, s.width))
        specs.sort(key=attrgetter("width"), reverse=True)
        for s in specs:
            self.add_module("y" + s.name, nn.Linear(3, s.width))
        pairs = sorted({"k": 3, "j": 1}.items(), key=itemgetter(1))
        self.add_module(pairs[0][0], nn.Linear(3, pairs[-1][1]))
        self.m = nn.Linear(3, max(specs, key=lambda s: s.name).width + min([], default=5) + max(1, 7, 3))
        order = sorted(range(4), key=[3, 1, 2, 0].__getitem__)
        self.o = nn.Linear(3, order[0] * 2 + order[1])
        words = sorted(["b", "A", "a", "B"], key=str.lower)
        self.add_module("".join(words), nn.Linear(3, len(sorted("hello")[:2])))

    def forward(self, x):
        return [m(x) for m in self.children()]
