# A generator that is left because it may have no end, where the program asks for more of it than was seen.
# entry: Net()
# input: f32[2,4]
# expect: either
from torch import nn


def count_up(end):
    n = 0
    while n != end:
        n += 1
        yield n


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        total = 0
        for n in count_up(5000):
            total = n
        self.a = nn.Linear(4, total)
        self.b = nn.Linear(4, len(list(count_up(5000))))
        self.c = nn.Linear(4, max(count_up(5000)))

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x)
