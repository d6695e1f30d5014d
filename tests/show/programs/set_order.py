# Sets of numbers are gone through in the order of Python's hash table, whatever order their items came in.
# entry: Net()
# input: f32[1,1]
from torch import nn

SEEN = []
for size in {16, 8, 4, 2, 1}:
    SEEN.append(size)
kept = {16, 8, 4, 2, 1}
squares = {n * n for n in range(10)}
more = set(range(20)) - {3, 4}
more.add(3)
SEEN += [list(kept), list({2, 1}), list({8, 1}), list({64, 128, 256}), list(squares), list(more)[:5], list({-1, -2, 0}), {10, 20, 30, 40, 50, 60}, list({True, 0, 2}), list({(1, 2), (0, 1)})]
SEEN += [{7, 15, 23}.pop(), list({100, 7} | {3, 50}), list({9, 2, 33, 17} & {33, 9, 2}), [*{4, 3, 12}], list({5: 1, 3: 2}.keys() & {3, 5, 9}), list(set((-5, 3, -2))), list({1 << 40, 3, 1 << 61})]
SEEN += [",".join(str(i) for i in {7, 6}), list(zip({2, 1}, "ab")), list(squares.copy()), list(frozenset(range(30, 0, -3))), [x for x in {40, 8, 16, 2, 1, 33}], dict.fromkeys({4, 2})]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        for i, seen in enumerate(SEEN):
            self.add_module(f"{i}_{seen!r}".replace(".", "_"), nn.Linear(1, i + 1))
        for width in set([3, 1, 2]):
            self.add_module(str(width), nn.Linear(1, width))

    def forward(self, x):
        return x
