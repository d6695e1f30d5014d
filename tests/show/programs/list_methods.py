# Every method of lists and tuples that builders use.
# entry: Net()
# input: f32[1,4]
import bisect

import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        a = [3, 1, 2]
        a.insert(1, 7)
        a.extend((5, 5))
        a.sort()
        a.reverse()
        last = a.pop()
        first = a.pop(0)
        self.a = nn.Linear(4, a.index(5) * 10 + a.count(5) + first + last)
        bisect.insort(a, 4)
        self.b = nn.Linear(4, len(a) + (1, 2, 2).count(2))
        self.c = nn.Linear(4, max(len(x) for x in [[1], [1, 2]]) * [1, 2] .__len__())
        a *= 2
        self.d = nn.Linear(4, len(a))
        n = [[1, [2, 3]], 4]

        def flat(x):
            for y in x:
                if isinstance(y, list):
                    yield from flat(y)
                else:
                    yield y

        self.e = nn.Linear(4, sum(flat(n)))
        self.f = nn.Linear(4, list("abc").index("c") + len(tuple({"k": 1}.items())[0]))

    def forward(self, x):
        return [m(x) for m in self.children()]
