"""Attributes that are asked for by texts, with names that layers have for themselves."""
# entry: Net()
# input: x=f32[2,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        setattr(self, "output", nn.Linear(4, 4))
        self.name = "x"
        self.path = 3
        delattr(self, 'path')

    def forward(self, x):
        if hasattr(self, "losses") or not hasattr(self, "name") or hasattr(self, "path"):
            return x
        x = x * (1 if getattr(self, "layers", None) is None else 2) + (3 if getattr(self, "dtype", 1) == 1 else 4)
        return getattr(self, "output")(x) + len(f"{getattr(self, 'name')}")
