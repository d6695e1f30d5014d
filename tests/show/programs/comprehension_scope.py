# Names of comprehensions stay inside them; the outer variable of the same name is unchanged; nested and filtered ones.
# entry: Net()
# input: f32[1,3]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        i = 3
        widths = [i * 2 for i in range(1, 4) if i != 2]
        self.a = nn.ModuleList([nn.Linear(i, w) for w in widths])
        self.b = nn.ModuleDict({f"k{k}{v}": nn.Linear(i, k * v) for k, v in {1: 2, 3: 4}.items()})
        pairs = [(r, c) for r in range(2) for c in range(r + 1)]
        self.c = nn.Linear(i, len(pairs))
        grid = [[r * c for c in range(1, 3)] for r in range(1, 3)]
        self.d = nn.Linear(i, sum(sum(row) for row in grid))
        kinds = {w % 4 for w in widths}
        self.e = nn.Linear(i, len(kinds))

    def forward(self, x):
        return [m(x) for m in self.a], {k: m(x) for k, m in self.b.items()}, self.c(x), self.d(x), self.e(x)
