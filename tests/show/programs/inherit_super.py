# Inheritance: the child adds a layer after super().__init__ and wraps the parent's forward.
# entry: Child(6)
# input: f32[2,4]
import torch.nn as nn


class Base(nn.Module):
    hidden = 8

    def __init__(self, out):
        super().__init__()
        self.first = nn.Linear(4, self.hidden)
        self.head = self.make_head(out)

    def make_head(self, out):
        return nn.Linear(self.hidden, out)

    def forward(self, x):
        return self.head(self.first(x))


class Child(Base):
    hidden = 16

    def __init__(self, out):
        super(Child, self).__init__(out)
        self.extra = nn.Linear(2 * out, 3)

    def make_head(self, out):
        return nn.Linear(self.hidden, out * 2)

    def forward(self, x):
        return self.extra(super().forward(x))
