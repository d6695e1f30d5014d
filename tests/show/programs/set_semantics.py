# Sets: membership, size, union, difference, subset tests; nothing depends on their order.
# entry: Net()
# input: f32[1,3]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        a, b = {1, 2, 3, 3}, set(range(2, 6))
        self.a = nn.Linear(3, len(a) + len(b))
        self.b = nn.Linear(3, len(a | b) * len(a & b))
        self.c = nn.Linear(3, len(a - b) + len(a ^ b))
        for w in sorted(a.union(b, [9])):
            self.add_module(f"w{w}", nn.Linear(3, w))
        a.add(9)
        a.discard(100)
        a.remove(1)
        self.d = nn.Linear(3, sum(a) if a >= {2, 3} and not a.isdisjoint(b) else 1)
        frozen = {frozenset((1, 2)): 4}
        self.e = nn.Linear(3, frozen[frozenset((2, 1))])
        self.f = nn.Linear(3, max({4, 8, 6}) + min(set("b")) .count("b"))
        self.g = nn.Linear(3, len({1, 1.0, True, "1"}))

    def forward(self, x):
        return [m(x) for m in self.children()]
