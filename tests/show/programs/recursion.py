# Recursive functions and recursive modules build a tree of layers.
# entry: Tree(3)
# input: f32[1,4]
import torch.nn as nn


def flatten(nested):
    return sum(map(flatten, nested), []) if isinstance(nested, (list, tuple)) else [nested]


class Tree(nn.Module):
    def __init__(self, depth, width=4):
        super().__init__()
        self.fc = nn.Linear(4, width)
        if depth > 0:
            self.left = Tree(depth - 1, width)
            self.right = Tree(depth - 2, width) if depth > 1 else None
        self.leaf = depth <= 0
        self.n = len(flatten([1, [2, [3, (4,)]], []]))

    def forward(self, x):
        x = self.fc(x)
        if self.leaf:
            return x
        y = self.left(x)
        if self.right is not None:
            y = y + self.right(x)
        return y * self.n
