# A generator that yields in a loop of unknown length, to a loop that may leave it: what each undoes is the other's, too.
# entry: Net()
# input: f32[2,4]
# expect: either
import time

import torch
from torch import nn


def some(limit):
    found = []
    for i in range(int(time.time()) % 7 + 1):
        if i > limit:
            found.append(i)
        yield i
        if len(found) > 3:
            found.clear()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.kept = []

    def forward(self, x):
        for i in some(2):
            if i > time.time():
                self.kept.append(i)
                break
            if i + 1 > time.time():
                continue
            self.kept.append(i + 1)
        return self.a(x)
