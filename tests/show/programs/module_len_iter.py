# A module with its own __len__, __iter__ and __getitem__; truth of modules follows __len__.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


class Stack(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.items = nn.ModuleList(nn.Linear(4, 4) for _ in range(n))

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def forward(self, x):
        for m in self:
            x = m(x)
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.full, self.empty = Stack(2), Stack(0)
        self.head = nn.Linear(4, 3) if not self.empty else None
        self.tail = (self.empty or self.full)[0]

    def forward(self, x):
        x = self.full(x) if self.full else x
        return self.head(self.tail(self.empty(x)))
