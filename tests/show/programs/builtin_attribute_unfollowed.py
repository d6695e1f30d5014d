# entry: Net()
# input: f32[2,3]
# expect: refused
"""What Python's own classes have and Netwright does not follow is unknown: to ask for it does not fail."""
from collections import ChainMap

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        width = 4 if hasattr(3, "to_bytes") else 5
        try:
            width += len((7).to_bytes(2, "big"))
        except AttributeError:
            width = 1
        try:
            width += list(ChainMap({"a": 1}).new_child({"b": 2}).values())[0]
        except AttributeError:
            width = 2
        self.body = nn.Linear(3, width)

    def forward(self, x):
        return self.body(x)
