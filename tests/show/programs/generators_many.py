# Generators of many items, which end where what they are handed does.
# entry: Net()
# input: f32[2,4]
from torch import nn


def each(items):
    for item in items:
        yield item


def earlier(items):
    last = 0
    for item in items:
        yield last
        last = item


def catching(items):
    try:
        for item in items:
            yield item
    except BaseException:
        yield 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        count = 0
        for item in each(range(5000)):
            count += 1
        self.a = nn.Linear(4, count)
        self.b = nn.Linear(4, len(list(each(range(5000)))))
        self.c = nn.Linear(4, max(each(range(5000))))
        self.d = nn.Linear(4, len({k: i for i, k in enumerate(earlier(range(5000)))}))
        self.e = nn.Linear(4, len(list(catching(range(5000)))))

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x), self.e(x)
