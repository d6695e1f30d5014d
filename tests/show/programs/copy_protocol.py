# entry: Net()
# input: f32[2,3]
"""Copies by the methods of the pickle protocol, and the memo of deepcopy by the identities that id() gives."""
import copy

from torch import nn


class State:
    def __init__(self, sizes):
        self.sizes = sizes

    def __getstate__(self):
        return {"sizes": self.sizes, "copied": 5}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.restored = True


class Reduced:
    def __init__(self, width):
        self.width = width

    def __reduce__(self):
        return Reduced, (self.width + 1,)


class Node:
    def __init__(self, width):
        self.width = width
        self.next = None

    def __deepcopy__(self, memo):
        made = Node(self.width * 2)
        memo[id(self)] = made
        made.next = copy.deepcopy(self.next, memo)
        return made


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        state = State([4, 6])
        shallow, deep = copy.copy(state), copy.deepcopy(state)
        state.sizes.append(8)
        self.shallow = nn.Linear(3, len(shallow.sizes) + shallow.copied)
        self.deep = nn.Linear(3, len(deep.sizes) + (10 if deep.restored else 0))
        self.reduced = nn.Linear(3, copy.deepcopy(Reduced(6)).width)
        node = Node(3)
        node.next = [node]
        made = copy.deepcopy(node)
        self.ring = nn.Linear(3, made.next[0].width + (20 if made.next[0] is made else 0))

    def forward(self, x):
        return self.shallow(x), self.deep(x), self.reduced(x), self.ring(x)
