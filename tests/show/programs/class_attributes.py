# Class attributes: shared lists, counters changed through the class and shadowed through the instance.
# entry: Net()
# input: f32[1,3]
import torch.nn as nn


class Block(nn.Module):
    count = 0
    expansion = 2
    made = []

    def __init__(self, i):
        super().__init__()
        Block.count += 1
        self.index = Block.count
        self.expansion += 1
        self.made.append(self.index)
        self.fc = nn.Linear(i, type(self).expansion + self.expansion + self.index)

    def forward(self, x):
        return self.fc(x)


class Wide(Block):
    expansion = 4


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = Block(3), Wide(3)
        self.c = Wide(3)
        self.d = nn.Linear(3, len(Wide.made) + Block.count * Block.expansion)

    def forward(self, x):
        return self.a(x), self.b(x), self.c(x), self.d(x)
