# send, return values of generators, generator expressions evaluated late, yield from, close
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

def averager():
    total, count, avg = 0, 0, None
    while True:
        v = yield avg
        if v is None:
            break
        total += v
        count += 1
        avg = total // count
    return total

def layers(n):
    received = yield nn.Linear(8, n)
    while received:
        received = yield nn.Linear(n, received)
        n = n + 1

def chain():
    a = yield from (nn.Linear(1, i) for i in (1, 2))
    r = yield from inner()
    yield nn.Linear(r, r)

def inner():
    yield nn.Linear(3, 3)
    return 6

def grow(features, blocks):
    for block in blocks:
        yield block(features[-1])

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        k = 2
        lazy = (nn.Linear(k, i) for i in range(1, 3))
        k = 5
        self.late = nn.ModuleList(lazy)
        self.chain = nn.ModuleList(list(chain()))
        self.a = nn.Linear(8, 3)
        self.blocks = nn.ModuleList([nn.Linear(8 + i, 9 + i) for i in range(3)])
    def forward(self, x):
        called, added, yielded = [x], [x], [x]
        called.extend(block(called[-1]) for block in self.blocks)
        added += (block(added[-1]) for block in self.blocks)
        yielded.extend(grow(yielded, self.blocks))
        return self.a(x), torch.cat(called, 1), torch.cat(added[:-1], 1), torch.cat(yielded[1:], 1)
