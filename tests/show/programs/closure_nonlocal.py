# nonlocal counters in nested functions number the layers and carry the width.
# entry: Net([8, 6, 4])
# input: f32[1,5]
import torch.nn as nn


def builder(start):
    count, width = 0, start

    def add(out):
        nonlocal count, width
        layer = nn.Linear(width, out)
        count += 1
        width = out
        return f"fc{count}", layer

    def state():
        return count, width

    return add, state


class Net(nn.Module):
    def __init__(self, outs):
        super().__init__()
        add, state = builder(5)
        self.names = []
        for o in outs:
            name, layer = add(o)
            self.add_module(name, layer)
            self.names.append(name)
        self.total, last = state()
        self.head = nn.Linear(last, self.total)

    def forward(self, x):
        for name in self.names:
            x = getattr(self, name)(x)
        return self.head(x)
